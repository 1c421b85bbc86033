"""The rules from the observations of one expectation to a verdict, and to the trial that would tell more.

Where chance plays no part, every trial counts alike and a few decide. Where it does, counts are kept by regime, and the
drawing goes on until the evidence is clear: see `chance` for the tests and `terms` for what they must exclude.
"""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, NamedTuple, assert_never

import msgspec

from mpref.regime import NONE, Regime

from .chance import evidence_above, evidence_below, hidden_rate, misses_needed, never_seen
from .terms import MISS, Terms
from .verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .checks import Grade, Observation

PROVOKED_RATE = 0.9
"""How often an outcome is seen at least under a delay that makes it near certain, if it is possible at all."""

FAR = 0.25
"""`usually` passes as soon as rates below this share of the stated one are excluded: what load may take away is no failure."""

DELAYS = 3
"""Delays, each longer than the one before, by which an outcome is looked for."""

PATIENCE = 3
"""Times the trials wanted under a regime that are drawn there while they cannot tell."""


UNTOLD = 20
"""Trials that could not tell, after which no more are drawn for the same question."""


class Ruling(msgspec.Struct, frozen=True):
    """A verdict on one expectation, why, and the regime of a trial that would tell more; None where nothing would."""

    verdict: Verdict
    message: str
    wants: Regime | None = None


class Count(msgspec.Struct, frozen=True):
    """Trials of one regime: those in which it held, those that could tell, and all."""

    seen: int = 0
    decided: int = 0
    trials: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.seen + other.seen, self.decided + other.decided, self.trials + other.trials)


NOTHING = Count()


class Tally(msgspec.Struct, frozen=True):
    """Observations, counted by regime; the order in which they were made does not matter."""

    counts: dict[Regime, Count]
    held: str
    """The most frequent outcome among those that held; and among those that did not."""
    failed: str
    ratios: tuple[float, ...] = ()
    """What was measured, where the check measures."""

    @classmethod
    def of(cls, observed: Iterable[tuple[Regime, Observation]]) -> Tally:
        """Counts observations with the regimes of their trials."""
        pairs = list(observed)
        counts: dict[Regime, Count] = {}
        for regime, one in pairs:
            counts[regime] = counts.get(regime, NOTHING) + Count(one.holds is True, one.holds is not None, 1)
        held = most_frequent([one.outcome for _, one in pairs if one.holds is True])
        failed = most_frequent([one.outcome for _, one in pairs if one.holds is False])
        ratios = tuple(sorted(one.ratio for _, one in pairs if one.ratio is not None))
        return cls(counts, held, failed, ratios)

    def under(self, regime: Regime) -> Count:
        """The count of the trials that tried a regime, by itself or with another."""
        return sum((count for tried, count in self.counts.items() if regime in tried.parts), NOTHING)

    def under_only(self, regime: Regime) -> Count:
        """The count of the trials under this very regime."""
        return self.counts.get(regime, NOTHING)

    @property
    def seen(self) -> int:
        """Trials in which it held, under all regimes."""
        return sum(count.seen for count in self.counts.values())

    @property
    def decided(self) -> int:
        """Trials that could tell."""
        return sum(count.decided for count in self.counts.values())

    @property
    def undecided(self) -> int:
        """Trials that could not."""
        return sum(count.trials for count in self.counts.values()) - self.decided


class Question(NamedTuple):
    """What is asked of a tally: the expectation's grade and rate, whether chance plays a part, and what may provoke it."""

    grade: Grade
    rate: float = 1.0
    by_chance: bool = False
    provocations: tuple[Regime, ...] = ()
    most: int = 0
    """Trials without provocation that may be drawn for it."""
    left_out: tuple[Regime, ...] = ()
    """What could provoke it here, but the user left out."""
    along: Mapping[Regime, tuple[Regime, ...]] = {}
    """What holds up the same event as a provocation does."""


def histogram(outcomes: Sequence[str]) -> dict[str, int]:
    """Outcomes and their counts, the most frequent first, equals by name."""
    return dict(sorted(Counter(outcomes).items(), key=lambda item: (-item[1], item[0])))


def most_frequent(outcomes: Sequence[str]) -> str:
    """The first of the histogram; empty without any."""
    return next(iter(histogram(outcomes)), "")


def rule(asked: Question, tally: Tally, terms: Terms) -> Ruling:
    """The verdict by the grade. Nothing decided is inconclusive, but for `allowed`, which never fails."""
    match asked.grade:
        case "allowed":
            return Ruling("pass", f"seen in {tally.seen} of {tally.decided} trials")
        case "always" | "never":
            return _exact(asked, tally, terms)
        case "sometimes":
            return _sometimes(asked, tally, terms)
        case "usually":
            return _usually(asked, tally, terms)
        case _:
            assert_never(asked.grade)


def _exact(asked: Question, tally: Tally, terms: Terms) -> Ruling:
    """What one trial refutes."""
    if asked.grade == "never":
        if tally.seen:
            return Ruling("fail", f"seen in {tally.seen} of {tally.decided} trials: {tally.held}")
        return _not_refuted(f"in none of {tally.decided} trials", asked, tally, terms)
    if wrong := tally.decided - tally.seen:
        return Ruling("fail", f"not so in {wrong} of {tally.decided} trials: {tally.failed}")
    return _not_refuted(f"so in all {tally.decided} trials", asked, tally, terms)


def _not_refuted(told: str, asked: Question, tally: Tally, terms: Terms) -> Ruling:
    """What no trial has refuted: by chance it passes only when every regime has excluded its rate."""
    if not asked.by_chance:
        if tally.decided:
            return Ruling("pass", told)
        return Ruling("inconclusive", "no trial could tell", NONE if tally.undecided < UNTOLD else None)
    tried = [regime for regime in asked.provocations if tally.under(regime).decided]
    beside = f", provoked by {', '.join(map(str, tried))}" if tried else ""
    provoked = bool(asked.provocations)
    wanted = {r: terms.effort.wanted(r, beside=provoked) for r in (NONE, *asked.provocations)}
    lacking = [regime for regime, trials in wanted.items() if tally.under(regime).decided < trials]
    if not lacking:
        return Ruling("pass", f"{told}{beside}; {_bound(tally.under(NONE).decided)} without provocation")
    open_ones = [r for r in lacking if tally.under(r).trials < PATIENCE * wanted[r]]
    untried = [str(regime) for regime in lacking if not tally.under(regime).decided and regime != NONE]
    left = f"; not tried: {', '.join(untried)}" if untried else ""
    reason = f"0 in {tally.under(NONE).decided} without provocation: {_bound(tally.under(NONE).decided)}{beside}{left}"
    return Ruling("inconclusive", reason, _together(open_ones, asked, terms) if open_ones else None)


def _together(lacking: Sequence[Regime], asked: Question, terms: Terms) -> Regime:
    """The next of those that are lacking, with what may come along."""
    return terms.effort.together(lacking, asked.along.get(lacking[0], ()))


def _bound(trials: int) -> str:
    """The rate that could still hide after none in so many trials."""
    if not trials:
        return "any rate could hide"
    return f"below {100 * hidden_rate(0, trials, MISS):.3g} % at 95 %"


def _sometimes(asked: Question, tally: Tally, terms: Terms) -> Ruling:
    if tally.seen:
        plain, where = tally.under(NONE), ""
        if not plain.seen:
            first = next(regime for regime, count in tally.counts.items() if count.seen)
            where = f"; not in the {plain.decided} without provocation, but under {first}"
        return Ruling("pass", f"seen in {tally.seen} of {tally.decided} trials{where}")
    rates = {NONE: asked.rate, **{r: PROVOKED_RATE for r in asked.provocations if r.name == "delay"}}
    missed: Counter[float] = Counter()
    for regime, rate in rates.items():
        missed[rate] += tally.under_only(regime).decided
    count = f"0 in {tally.decided}"
    untried = ", ".join(str(regime) for regime in asked.left_out if regime.name == "delay")
    if tally.decided and never_seen(dict(missed)) <= terms.error and not untried:
        under = ", ".join(f"{c.decided} under {r}" for r, c in tally.counts.items() if r != NONE)
        return Ruling(
            "fail", f"{count}{f' ({under})' if under else ''}, at a stated rate of {asked.rate:g}: {tally.failed}"
        )
    bound = _bound(tally.under(NONE).decided)
    needed = misses_needed(asked.rate, terms.error)
    against = f"not tried: {untried}" if untried else f"{needed} misses speak against a rate of {asked.rate:g}"
    enough = untried and tally.under(NONE).decided >= needed
    return Ruling("inconclusive", f"{count}: {bound}; {against}", None if enough else _next(asked, tally))


def _next(asked: Question, tally: Tally) -> Regime | None:
    """Where to look for an outcome that has not been seen: as it comes, then provoked, then for as long as it takes."""
    delays = tuple(regime for regime in asked.provocations if regime.name == "delay")
    for least, regimes in ((1, (NONE,)), (1, asked.provocations), (DELAYS, delays)):
        for regime in regimes:
            if tally.under_only(regime).trials < least:
                return regime
    plain = tally.under(NONE)
    return NONE if plain.trials < asked.most and plain.trials - plain.decided < UNTOLD else None


def _usually(asked: Question, tally: Tally, terms: Terms) -> Ruling:
    """By the trials without provocation alone: a rate under a provocation is not what is stated."""
    plain = tally.under(NONE)
    count = f"{plain.seen} in {plain.decided}{_interval(tally.ratios)}"
    if evidence_below(plain.seen, plain.decided, asked.rate) >= 1 / terms.error:
        return Ruling("fail", f"{count}, at a stated rate of {asked.rate:g}: {tally.failed}")
    if evidence_above(plain.seen, plain.decided, FAR * asked.rate) >= 1 / MISS:
        return Ruling("pass", f"{count}, at a stated rate of {asked.rate:g}")
    wants = NONE if plain.trials < asked.most and plain.trials - plain.decided < UNTOLD else None
    return Ruling(
        "inconclusive", f"{count}: neither clearly below the stated rate of {asked.rate:g} nor near it", wants
    )


def _interval(ratios: Sequence[float]) -> str:
    """What was measured: from the least to the most, and the median."""
    return f" (ratio {ratios[0]:.2f} to {ratios[-1]:.2f}, median {median(ratios):.2f})" if ratios else ""
