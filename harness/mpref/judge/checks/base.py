"""What every check shares: its words, its grade, its condition; the observation it makes; and how it selects events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import Meta

from mpref.judge.conditions import When
from mpref.regime import NONE, Regime

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mpref.history import Event, History
    from mpref.judge.scenario import Scenario

Grade = Literal["always", "usually", "sometimes", "allowed", "never"]
Aspect = Literal["end", "exit", "stderr", "left at exit", "left after grace", "events"]
"""What a default judges in every trial, and what expectations may foresee instead."""

NO_VERDICT = frozenset({"slow", "interrupted"})
"""Endings that prove nothing: load and the user are never a verdict."""

KILLED = frozenset({"blocked", "endless"})
"""Endings by the supervisor's hand: the status and the leftovers are its work then, not the program's."""

DEFAULT_RATES: dict[str, float] = {"usually": 0.5, "sometimes": 0.2}


class Observation(msgspec.Struct, frozen=True):
    """What a check saw in one trial."""

    holds: bool | None
    """None: this trial cannot tell."""
    outcome: str
    """Short and stable, for the histogram: no pids, no times."""
    missing: tuple[str, ...] = ()
    """What it is about and this trial did not record."""
    concurrent: bool = False
    """Whether it is about what several processes did side by side, so that chance has a part in it."""
    ratio: float | None = None
    """What was measured, where the check measures one."""


class Selector(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The events with this label whose fields have the given values, and the field to read of them."""

    label: Annotated[str, Meta(description="A label out of `events`.")]
    where: Annotated[dict[str, Any], Meta(description="Only events whose fields have these values.")] = {}
    field: Annotated[str, Meta(description="The field to read; pid and ppid are the process's own.")] = "pid"

    def __str__(self) -> str:
        inner = ", ".join(f"{key}={value!r}" for key, value in self.where.items())
        return f"{self.label}({inner})" if inner else self.label

    def events(self, history: History) -> tuple[Event, ...]:
        """The events that match, as recorded."""
        return tuple(event for event in history.events if event.label == self.label and self._fits(event))

    def _fits(self, event: Event) -> bool:
        return all(has(event, key) and same(event.value(key), value) for key, value in self.where.items())

    def absent(self, history: History, *fields: str) -> tuple[str, ...]:
        """What this trial did not record of it: the event, or one of the fields on some event."""
        events = self.events(history)
        if not events:
            return (str(self),)
        return tuple(f"{self}.{field}" for field in fields if not all(has(event, field) for event in events))

    def values(self, history: History) -> tuple[Any, ...]:
        """The field of every matching event. Raises KeyError where one has no such field."""
        return tuple(event.value(self.field) for event in self.events(history))


Events = Annotated[str | Selector, Meta(description="Events: a label, or {label, where, field}.")]


def selector(of: str | Selector) -> Selector:
    """A label stands for all its events."""
    return Selector(label=of) if isinstance(of, str) else of


def has(event: Event, field: str) -> bool:
    """Whether the event carries the field."""
    return field in {"pid", "ppid"} or field in event.fields


def key(value: Any) -> str:
    """A text that is equal for equal values: 1 and 1.0 are equal, 1 and true are not, a tuple is a list."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(key, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(sorted(f'{key(k)}: {key(v)}' for k, v in value.items()))}}}"
    return repr(value)


def same(one: Any, other: Any) -> bool:
    """Whether two recorded values are equal in the sense of `key`."""
    return key(one) == key(other)


class Check(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="check"
):
    """What all kinds share."""

    says: Annotated[str, Meta(min_length=1, description="One sentence for people: what must be so.")]
    because: Annotated[str, Meta(description="The reason; required beside `when`.")] = ""
    grade: Annotated[Grade, Meta(description="How often it must hold.")] = "always"
    rate: Annotated[
        float | None, Meta(description="usually, sometimes: how often at least; by default 0.5 and 0.2.")
    ] = None
    when: Annotated[When | None, Meta(description="Where it applies; everywhere without it.")] = None
    source: Annotated[str, Meta(description="URL of the documentation or the issue.")] = ""
    chance: Annotated[
        bool | None,
        Meta(
            description="Whether chance plays a part; by default in usually, sometimes, and the order of two processes."
        ),
    ] = None
    provoke: Annotated[
        tuple[str, ...],
        Meta(description="Regimes that bring it about (sometimes) or could break it (always, never): delay:LABEL."),
    ] = ()

    zero_is_meaningful: ClassVar[bool] = False
    """Whether an event that is missing in every trial is a finding of its own, not a broken expectation."""

    def __post_init__(self) -> None:
        problem = self._shared_problem() or self.problem()
        if problem:
            raise ValueError(problem)

    def _shared_problem(self) -> str:
        if self.when is not None and not self.because.strip():
            return "`when` without `because`; say why it differs there"
        if self.rate is not None and self.grade not in DEFAULT_RATES:
            return f"`rate` has no meaning for the grade {self.grade!r}; it belongs to usually and sometimes"
        if self.rate is not None and not 0 < self.rate < 1:
            return f"`rate` is {self.rate}; it must be above 0 and below 1"
        return self._chance_problem()

    def _chance_problem(self) -> str:
        if self.chance is False and self.grade in DEFAULT_RATES:
            return f"`chance = false` contradicts the grade {self.grade!r}, which is about chance"
        if self.provoke and (self.grade in {"usually", "allowed"} or self.chance is False):
            return f"`provoke` has no meaning for the grade {self.grade!r}, or without chance"
        for text in self.provoke:
            regime = Regime.from_text(text)
            if regime == NONE:
                return "`provoke` names the regime none, which provokes nothing"
            if regime.along:
                return f"`provoke` names several regimes in one, {text}; name each by itself"
        return ""

    @property
    def check_kind(self) -> str:
        """The name that declarations use."""
        return str(self.__struct_config__.tag)

    @property
    def wanted_rate(self) -> float:
        """The stated rate, or the grade's default; 1 where a grade knows no rate."""
        return self.rate if self.rate is not None else DEFAULT_RATES.get(self.grade, 1.0)

    def by_chance(self, observations: Iterable[Observation]) -> bool:
        """Whether chance plays a part: as declared, else by the grade, else by what the trials show."""
        if self.chance is not None:
            return self.chance
        return self.may_fail_by_chance or bool(self.provoke) or any(one.concurrent for one in observations)

    def provocations(self, history: History) -> tuple[Regime, ...]:  # noqa: ARG002
        """What could bring it about, or break it, to judge by an unprovoked trial.

        What one of them takes along holds up the same event.
        """
        return tuple(map(Regime.from_text, self.provoke))

    @property
    def asked_grade(self) -> Grade:
        """The grade it is ruled by."""
        return self.grade

    @property
    def may_fail_by_chance(self) -> bool:
        """Whether an unlucky run could fail it though it is so: a count decides, not one counterexample."""
        return self.asked_grade in DEFAULT_RATES

    @property
    def aspect(self) -> Aspect | None:
        """The default that this kind of check can stand in for."""
        return None

    def problem(self) -> str:
        """What is wrong with the operands; empty if nothing."""
        return ""

    def selectors(self) -> dict[str, Selector]:
        """Every selector by the key it stands at."""
        return {}

    def observe(self, history: History, scenario: Scenario) -> Observation:  # noqa: ARG002
        """What one trial shows; undecided for a trial that was slow or interrupted."""
        return no_verdict(history) or self.look(history)

    def look(self, history: History) -> Observation:
        """The check itself, on a trial that can tell; a kind that needs the scenario too overrides `observe` instead."""
        raise NotImplementedError

    def foresees(self, history: History, scenario: Scenario, odd: frozenset[str]) -> frozenset[str]:
        """Of the odd things seen in this check's aspect, those it foresees: all if it holds."""
        return odd if self.observe(history, scenario).holds else frozenset()


class Measured(Check, frozen=True, kw_only=True):
    """A check on a measured ratio: one trial proves nothing, so `always` and `usually` speak of the median of the trials."""

    @property
    def asked_grade(self) -> Grade:
        return "usually" if self.grade == "always" else self.grade

    @property
    def wanted_rate(self) -> float:
        """Half of the trials lie on the right side of the bound, if the median does."""
        return DEFAULT_RATES["usually"] if self.grade == "always" else super().wanted_rate


class Bounded(Check, frozen=True, kw_only=True):
    """A check on a number: exactly `is`, or between `least` and `most`."""

    is_: Annotated[int | None, Meta(description="Exactly so many.")] = msgspec.field(default=None, name="is")
    least: Annotated[int | None, Meta(description="At least so many.")] = None
    most: Annotated[int | None, Meta(description="At most so many.")] = None

    def problem(self) -> str:
        """Bounds that are missing, negative, doubled or contradictory."""
        bounds = [bound for bound in (self.is_, self.least, self.most) if bound is not None]
        if not bounds:
            return "no number to compare with; give `is`, `least` or `most`"
        if min(bounds) < 0:
            return "a count cannot be negative"
        if self.is_ is not None and len(bounds) > 1:
            return "`is` excludes `least` and `most`"
        if self.least is not None and self.most is not None and self.least > self.most:
            return f"`least` {self.least} is above `most` {self.most}"
        return ""

    def within(self, count: int) -> bool:
        """Whether a number meets the bounds."""
        if self.is_ is not None:
            return count == self.is_
        return (self.least is None or count >= self.least) and (self.most is None or count <= self.most)

    @property
    def names_zero(self) -> bool:
        """Whether none at all is what the declaration speaks of."""
        return 0 in (self.is_, self.least, self.most)


def no_verdict(history: History) -> Observation | None:
    """The observation of a trial that proves nothing; None for the others."""
    return Observation(None, f"no verdict: the trial was {history.ending}") if history.ending in NO_VERDICT else None


def refuse_field(selectors: dict[str, Selector]) -> str:
    """A `field` where none is read is a mistake; the message, or nothing."""
    for place, chosen in selectors.items():
        if chosen.field != "pid":
            return f"`{place}.field` is not read by this kind of check; remove it"
    return ""
