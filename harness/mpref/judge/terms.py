"""The terms a run is judged on: how much effort chance gets, and how improbable a false failure must be.

A false failure comes from chance alone, so it is budgeted for the whole run: each expectation that chance could fail gets an
equal share of `RUN_ERROR`. What `always` and `never` exclude is a rate, and each regime has its own: a modest one without
provocation, and one near certainty under a regime that would bring the outcome about if it were possible at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

import msgspec

from mpref.regime import LOAD, NONE, Provocation, Regime

from .chance import misses_needed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RUN_ERROR = 0.01
"""At most 1 in 100 runs has a false failure."""

MISS = 0.05
"""How likely an outcome of the rate that a pass excludes is missed: the 5 % of "at 95 %"."""

EffortName = Literal["quick", "default", "thorough"]


class Effort(msgspec.Struct, frozen=True, kw_only=True):
    """How much is drawn where chance plays a part."""

    name: EffortName
    modest: float
    """The rate that a pass excludes without provocation, where nothing can provoke it."""
    beside: float
    """The rate that it excludes without provocation beside provoked trials: these find what a plain one more would miss."""
    provoked: float
    """The rate that it excludes under each regime."""
    most: int
    """Trials without provocation that an open question may take, and as many under all regimes together."""
    least: int = 1
    """Trials without provocation that every cell gets, however few its scenario declares; `most` comes first."""
    along: frozenset[Provocation] = frozenset({"one-cpu", "hash-seed"})
    """Provocations that get no trial of their own, as they come along: one processor with load, a hash seed with all."""
    joins: bool = True
    """Whether what attacks the same expectation is tried at once: load with a delay or a pause, a pause with its delay."""
    draws: bool = True
    """Whether open questions are followed up at all."""

    def tries(self, regime: Regime) -> bool:
        """Whether a regime is tried at all."""
        return regime.name not in self.along

    def together(self, lacking: Sequence[Regime], along: Sequence[Regime]) -> Regime:
        """The regime of the next trial, of those lacking for one expectation: the first, with those that may come along with it.

        `along` holds up the same event as the first does; load may come along with every delay and pause.
        """
        first = lacking[0]
        if not self.joins or first.name not in {"delay", "pause"}:
            return first
        return msgspec.structs.replace(first, along=tuple(regime for regime in (LOAD, *along) if regime in lacking))

    def wanted(self, regime: Regime, *, beside: bool = False) -> int:
        """Trials under a regime that exclude its rate; `beside`: there are others that provoke."""
        if regime != NONE:
            return misses_needed(self.provoked, MISS)
        return misses_needed(self.beside if beside else self.modest, MISS)


EFFORTS: dict[EffortName, Effort] = {
    "quick": Effort(name="quick", modest=0.78, beside=0.96, provoked=0.96, most=1, draws=False),
    "default": Effort(name="default", modest=0.78, beside=0.96, provoked=0.96, most=200),
    "thorough": Effort(
        name="thorough", modest=0.1, beside=0.1, provoked=0.64, most=1000, least=3, along=frozenset(), joins=False
    ),
}


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What turns counts into verdicts, the same for every cell of a run."""

    effort: Effort = EFFORTS["default"]
    chances: int = 1
    """Expectations, over all cells of the run, that chance alone could fail."""
    regimes: tuple[Regime, ...] | None = None
    """Only these provocations are tried; None: all."""

    @classmethod
    def from_meta(cls, meta: Mapping[str, str]) -> Self:
        """As a run's own notes tell; a run made by the first rules has none, and gets the default ones."""
        effort = next((known for name, known in EFFORTS.items() if name == meta.get("effort")), EFFORTS["default"])
        asked = meta.get("regimes", "all")
        regimes = None if asked == "all" else tuple(map(Regime.chosen, asked.split()))
        return cls(effort=effort, chances=int(meta.get("chances", "1")), regimes=regimes)

    def to_meta(self) -> dict[str, str]:
        """As a run notes them."""
        regimes = "all" if self.regimes is None else " ".join(map(str, self.regimes))
        return {"effort": self.effort.name, "chances": str(self.chances), "regimes": regimes}

    def tries(self, regime: Regime) -> bool:
        """Whether a provocation is tried: those that the user chose, or all that the effort is worth."""
        return self.effort.tries(regime) if self.regimes is None else regime.allowed_by(self.regimes)

    @property
    def cut_off(self) -> str:
        """The option that leaves open what chance decides; empty if none does."""
        if not self.effort.draws:
            return f"--{self.effort.name}"
        return "" if self.regimes is None else "--regime"

    @property
    def error(self) -> float:
        """The chance of a false failure that one expectation has."""
        return RUN_ERROR / max(1, self.chances)
