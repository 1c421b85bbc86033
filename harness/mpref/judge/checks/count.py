"""The check on how many: `count`. None at all is a number too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from msgspec import Meta

from .base import Bounded, Events, Observation, Selector, key, refuse_field, selector

if TYPE_CHECKING:
    from mpref.history import History


class Count(Bounded, frozen=True, kw_only=True, tag="count"):
    """How many events match, or how many different values of the field `distinct` they have."""

    of: Events
    distinct: Annotated[str, Meta(description="Count the different values of this field instead of the events.")] = ""

    zero_is_meaningful: ClassVar[bool] = True

    def selectors(self) -> dict[str, Selector]:
        return {"of": selector(self.of)}

    def problem(self) -> str:
        return Bounded.problem(self) or refuse_field(self.selectors())

    def look(self, history: History) -> Observation:
        of = selector(self.of)
        events = of.events(history)
        missing = () if self.names_zero else of.absent(history)
        if not self.distinct:
            return Observation(self.within(len(events)), f"{len(events)} {of}", missing)
        missing = missing or (of.absent(history, self.distinct) if events else ())
        if missing and events:
            return Observation(False, f"no {', '.join(missing)}", missing)
        count = len({key(event.value(self.distinct)) for event in events})
        return Observation(self.within(count), f"{count} different {self.distinct} of {of}", missing)
