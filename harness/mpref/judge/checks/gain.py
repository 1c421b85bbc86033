"""The check on what several cores gain: `gain`, rounds in turn against rounds at once, bounded by the cores there were.

The program interleaves rounds of both kinds, so that a busy neighbour disturbs both, and leaves start-up out of them. The
supervisor measures by spinning, before and after the trial, how many cores the machine gave. Where it gave hardly more than
one, the trial cannot tell.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from .base import Events, Measured, Observation, Selector, key, no_verdict, selector

if TYPE_CHECKING:
    from mpref.history import History
    from mpref.judge.scenario import Scenario

FEWEST_CORES = 1.6
"""With less the machine could not show a gain."""


class Gain(Measured, frozen=True, kw_only=True, tag="gain"):
    """Seconds in turn over seconds at once, the median of the rounds: at least, or at most, a share of what the cores allow."""

    in_turn: Annotated[Events, Meta(description="Events of the rounds in turn; `field` holds their seconds.")]
    at_once: Annotated[Events, Meta(description="Events of the rounds at once.")]
    by: Annotated[str, Meta(description="The field that pairs rounds.")] = "round"
    workers: Annotated[int, Meta(ge=2, description="How many work at once.")]
    least: Annotated[
        Annotated[float, Meta(gt=0)] | None,
        Meta(description="At least this share of what the usable cores add: 1 + share * (cores - 1)."),
    ] = None
    most: Annotated[
        Annotated[float, Meta(gt=0)] | None, Meta(description="At most so many times the cores that may be used.")
    ] = None

    def selectors(self) -> dict[str, Selector]:
        return {"in_turn": selector(self.in_turn), "at_once": selector(self.at_once)}

    def problem(self) -> str:
        if (self.least is None) == (self.most is None):
            return "it needs one of `least` and `most`"
        if any(chosen.field in {"pid", "ppid"} for chosen in self.selectors().values()):
            return "`in_turn` and `at_once` name the `field` that holds the seconds of a round"
        return ""

    def observe(self, history: History, scenario: Scenario) -> Observation:  # noqa: ARG002
        """What one trial shows, by the cores that the machine gave it."""
        return no_verdict(history) or self.look(history)

    def look(self, history: History) -> Observation:
        pairs = self._pairs(history)
        missing = tuple(
            part for chosen in self.selectors().values() for part in chosen.absent(history, chosen.field, self.by)
        )
        if missing or not pairs:
            return Observation(False, f"no {', '.join(missing) or 'two rounds that belong together'}", missing)
        ratio = median(in_turn / max(at_once, 1e-9) for in_turn, at_once in pairs)
        if self.most is not None:
            holds = ratio <= self.most * self.workers
            return Observation(
                holds, f"{'no more' if holds else 'more'} than {self.workers} workers can gain", ratio=ratio
            )
        cores = min(float(self.workers), history.cores if history.cores is not None else 0.0)
        if ratio >= 1 + (self.least or 0) * (self.workers - 1):
            return Observation(True, "as much gained as the cores allow", ratio=ratio)
        if cores < FEWEST_CORES:
            return Observation(None, "the machine gave too few cores to tell", ratio=ratio)
        holds = ratio >= 1 + (self.least or 0) * (cores - 1)
        told = "as much gained as the cores allow" if holds else "less gained than the cores allow"
        return Observation(holds, told, ratio=ratio)

    def _pairs(self, history: History) -> list[tuple[float, float]]:
        """Seconds of the two kinds of round, by round."""
        first, second = self.selectors().values()
        ours = {key(e.value(self.by)): e for e in first.events(history) if self.by in e.fields}
        theirs = {key(e.value(self.by)): e for e in second.events(history) if self.by in e.fields}
        pairs = [(ours[by].fields.get(first.field), theirs[by].fields.get(second.field)) for by in ours if by in theirs]
        return [(a, b) for a, b in pairs if isinstance(a, (int, float)) and isinstance(b, (int, float))]
