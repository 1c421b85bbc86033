"""Checks on who is who: `same-pid`, `distinct-pids`, `child-of`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from .base import Check, Events, Observation, Selector, key, selector

if TYPE_CHECKING:
    from mpref.history import History

Several = Annotated[tuple[Events, ...], Meta(min_length=1, description="Whose values are compared.")]


def _listed(of: tuple[str | Selector, ...]) -> dict[str, Selector]:
    return {f"of[{index}]": selector(one) for index, one in enumerate(of)}


def _values(history: History, chosen: dict[str, Selector]) -> tuple[list[str], tuple[str, ...]]:
    """The values of all selectors as comparable texts, or what is missing."""
    missing = tuple(name for one in chosen.values() for name in one.absent(history, one.field))
    if missing:
        return [], missing
    return [key(value) for one in chosen.values() for value in one.values(history)], ()


class SamePid(Check, frozen=True, kw_only=True, tag="same-pid"):
    """All values of all selectors are equal."""

    of: Several

    def selectors(self) -> dict[str, Selector]:
        return _listed(self.of)

    def look(self, history: History) -> Observation:
        values, missing = _values(history, self.selectors())
        if missing:
            return Observation(False, f"no {', '.join(missing)}", missing)
        different = len(set(values))
        return Observation(different == 1, "all the same" if different == 1 else f"{different} different values", ())


class DistinctPids(Check, frozen=True, kw_only=True, tag="distinct-pids"):
    """All values of all selectors differ from each other; with `least`, at least so many different ones."""

    of: Several
    least: Annotated[
        Annotated[int, Meta(ge=1)] | None, Meta(description="At least so many different values; repeats are fine then.")
    ] = None

    def selectors(self) -> dict[str, Selector]:
        return _listed(self.of)

    def look(self, history: History) -> Observation:
        values, missing = _values(history, self.selectors())
        if missing:
            return Observation(False, f"no {', '.join(missing)}", missing)
        different = len(set(values))
        holds = different >= self.least if self.least is not None else different == len(values)
        return Observation(holds, f"{different} different in {len(values)}")


class ChildOf(Check, frozen=True, kw_only=True, tag="child-of"):
    """The parent pid of every child event is a value of the parent selector."""

    child: Events
    parent: Events

    def selectors(self) -> dict[str, Selector]:
        return {"child": selector(self.child), "parent": selector(self.parent)}

    def problem(self) -> str:
        read = selector(self.child).field
        return f"`child.field` is {read!r}; of the child always its ppid is read" if read != "pid" else ""

    def look(self, history: History) -> Observation:
        child, parent = selector(self.child), selector(self.parent)
        missing = child.absent(history) + parent.absent(history, parent.field)
        if missing:
            return Observation(False, f"no {', '.join(missing)}", missing)
        parents = {key(value) for value in parent.values(history)}
        strange = sum(key(event.ppid) not in parents for event in child.events(history))
        total = len(child.events(history))
        return Observation(strange == 0, f"{total - strange} of {total} {child} are children of {parent}")
