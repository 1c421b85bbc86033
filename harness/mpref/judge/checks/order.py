"""The check on order: `happens-before`, judged on recorded events, never on the order of lines in a stream.

Within a process the sequence number decides, between two the common monotonic clock. A tie of two processes is
concurrent: undecided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta

from mpref.history import Event, History
from mpref.regime import Regime

from .base import Check, Events, Observation, Selector, key, refuse_field, selector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


Group = tuple[Event, ...]


class HappensBefore(Check, frozen=True, kw_only=True, tag="happens-before"):
    """`first` before `then`: all before all, the first before the first, or each before its own."""

    first: Events
    then: Events
    over: Annotated[
        Literal["all", "first", "each"],
        Meta(
            description="all before all; the earliest before the earliest; or each before the one with the same `by`."
        ),
    ] = "all"
    by: Annotated[str, Meta(description="over = each: the field that pairs them.")] = ""

    def selectors(self) -> dict[str, Selector]:
        return {"first": selector(self.first), "then": selector(self.then)}

    def problem(self) -> str:
        if (self.over == "each") != bool(self.by):
            return '`by` names the field that pairs events, for `over = "each"` and only there'
        return refuse_field(self.selectors())

    def look(self, history: History) -> Observation:
        first, then = selector(self.first), selector(self.then)
        fields = (self.by,) if self.by else ()
        missing = first.absent(history, *fields) + then.absent(history, *fields)
        if missing:
            return Observation(False, f"no {', '.join(missing)}", missing)
        if self.over == "each":
            seen = self._each(first, then, history)
        else:
            compare = all_before if self.over == "all" else first_before
            ours, theirs = first.events(history), then.events(history)
            seen = _order(first, then, compare(ours, theirs), lambda: compare(theirs, ours))
        return msgspec.structs.replace(seen, concurrent=self._crosses(first, then, history))

    def _crosses(self, first: Selector, then: Selector, history: History) -> bool:
        """Whether events of different processes are compared; within one the order is no matter of chance."""
        ours, theirs = first.events(history), then.events(history)
        if self.over != "each":
            return len({event.pid for event in (*ours, *theirs)}) > 1
        partners = _grouped(theirs, self.by)
        return any(
            {event.pid for event in group} != {event.pid for event in partners.get(by, group)}
            for by, group in _grouped(ours, self.by).items()
        )

    def provocations(self, history: History) -> tuple[Regime, ...]:
        """Those declared, and for an order of two processes: hold up the one that shall be too late, then all others.

        A pause of its process just before holds up the same event, and comes along with the delay.
        """
        first, then = selector(self.first), selector(self.then)
        declared = super().provocations(history)
        if self.grade in {"usually", "allowed"} or not self._crosses(first, then, history):
            return declared
        late = first if self.grade == "always" else then
        pauses = tuple(Regime(name="pause", at=label) for label in _just_before(late, history))
        derived = (Regime(name="delay", at=late.label, along=pauses),) if first.label != then.label else pauses
        others = [Regime(name=name) for name in ("one-cpu", "hash-seed", "load")]
        return tuple(dict.fromkeys((*declared, *derived, *others)))

    def _each(self, first: Selector, then: Selector, history: History) -> Observation:
        ones, others = _grouped(first.events(history), self.by), _grouped(then.events(history), self.by)
        if ones.keys() != others.keys():
            return Observation(False, f"a {self.by} has only one of {first} and {then}")
        pairs = [(ones[by], others[by]) for by in ones]
        return _order(
            first, then, every(all_before(a, b) for a, b in pairs), lambda: every(all_before(b, a) for a, b in pairs)
        )


def _just_before(late: Selector, history: History) -> tuple[str, ...]:
    """The label that the process of the first such event recorded last before it; none where that was its first event."""
    event = min(late.events(history), key=lambda event: event.time, default=None)
    before = [one for one in history.events if event and one.pid == event.pid and one.seq < event.seq]
    return (max(before, key=lambda one: one.seq).label,) if before else ()


def _order(first: Selector, then: Selector, holds: bool | None, reverse: Callable[[], bool | None]) -> Observation:
    if holds is None:
        return Observation(None, f"{first} and {then} at the same tick")
    if holds:
        return Observation(True, f"{first} before {then}")
    return Observation(False, f"{then} before {first}" if reverse() else f"{first} and {then} in mixed order")


def _grouped(events: Group, field: str) -> dict[str, Group]:
    groups: dict[str, Group] = {}
    for event in events:
        by = key(event.value(field))
        groups[by] = (*groups.get(by, ()), event)
    return groups


def every(answers: Iterable[bool | None]) -> bool | None:
    """False if any is False, else None if any is None, else True."""
    seen = set(answers)
    return False if False in seen else None if None in seen else True


def some(answers: Iterable[bool | None]) -> bool | None:
    """True if any is True, else None if any is None, else False."""
    seen = set(answers)
    return True if True in seen else None if None in seen else False


def _extreme(events: Group, *, last: bool) -> Group:
    """The first or the last event of each process: only these matter, and there are few."""
    chosen: dict[int, Event] = {}
    for event in sorted(events, key=lambda event: event.seq, reverse=not last):
        chosen[event.pid] = event
    return tuple(chosen.values())


def all_before(first: Group, then: Group) -> bool | None:
    """Whether every event of the one happens before every event of the other; None for a tie."""
    starts = _extreme(then, last=False)
    return every(one.before(other) for one in _extreme(first, last=True) for other in starts)


def first_before(first: Group, then: Group) -> bool | None:
    """Whether the earliest event of the one happens before every event of the other; None for a tie."""
    starts = _extreme(then, last=False)
    return some(every(one.before(other) for other in starts) for one in _extreme(first, last=False))
