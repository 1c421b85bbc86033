"""The rules from the observations of one expectation to a verdict: a plain count of trials, and one binomial tail."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, assert_never

import msgspec

from .chance import ERROR, lower_tail, misses_needed, trials_needed
from .verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .checks import Grade, Observation


class Ruling(msgspec.Struct, frozen=True):
    """A verdict on one expectation, and why."""

    verdict: Verdict
    message: str


class Tally(msgspec.Struct, frozen=True):
    """Observations, counted."""

    seen: int
    decided: int
    undecided: int
    held: str
    """The most frequent outcome among those that held; and among those that did not."""
    failed: str

    @classmethod
    def of(cls, observations: Sequence[Observation]) -> Tally:
        """The order of the observations does not matter."""
        held = [one.outcome for one in observations if one.holds is True]
        failed = [one.outcome for one in observations if one.holds is False]
        decided = len(held) + len(failed)
        return cls(len(held), decided, len(observations) - decided, most_frequent(held), most_frequent(failed))


def histogram(outcomes: Sequence[str]) -> dict[str, int]:
    """Outcomes and their counts, the most frequent first, equals by name."""
    return dict(sorted(Counter(outcomes).items(), key=lambda item: (-item[1], item[0])))


def most_frequent(outcomes: Sequence[str]) -> str:
    """The first of the histogram; empty without any."""
    return next(iter(histogram(outcomes)), "")


def rule(grade: Grade, rate: float, tally: Tally) -> Ruling:
    """The verdict by the grade. Nothing decided is inconclusive, but for `allowed`, which never fails."""
    if grade == "allowed":
        return Ruling("pass", f"seen in {tally.seen} of {tally.decided} trials")
    if tally.decided == 0:
        return Ruling("inconclusive", "no trial could tell")
    match grade:
        case "always":
            return _always(tally)
        case "never":
            return _never(tally)
        case "sometimes":
            return _sometimes(rate, tally)
        case "usually":
            return _usually(rate, tally)
        case _:
            assert_never(grade)


def _always(tally: Tally) -> Ruling:
    wrong = tally.decided - tally.seen
    if wrong:
        return Ruling("fail", f"not so in {wrong} of {tally.decided} trials: {tally.failed}")
    return Ruling("pass", f"so in all {tally.decided} trials")


def _never(tally: Tally) -> Ruling:
    if tally.seen:
        return Ruling("fail", f"seen in {tally.seen} of {tally.decided} trials: {tally.held}")
    return Ruling("pass", f"in none of {tally.decided} trials")


def _sometimes(rate: float, tally: Tally) -> Ruling:
    if tally.seen:
        return Ruling("pass", f"seen in {tally.seen} of {tally.decided} trials")
    count = f"0 in {tally.decided}"
    if lower_tail(0, tally.decided, rate) < ERROR:
        return Ruling("fail", f"{count}, at a stated rate of {rate:g}: {tally.failed}")
    return Ruling("inconclusive", f"{count}: {misses_needed(rate)} misses speak against a rate of {rate:g}")


def _usually(rate: float, tally: Tally) -> Ruling:
    count = f"{tally.seen} in {tally.decided}"
    if tally.seen >= rate * tally.decided:
        return Ruling("pass", f"{count}, at a stated rate of {rate:g}")
    if lower_tail(tally.seen, tally.decided, rate) < ERROR:
        return Ruling("fail", f"{count}, at a stated rate of {rate:g}: {tally.failed}")
    needed = trials_needed(tally.seen, tally.decided, rate)
    more = f"at this share {needed} trials would speak against it" if needed else "the share is too near to it to tell"
    return Ruling("inconclusive", f"{count}, below the stated rate of {rate:g}: {more}")
