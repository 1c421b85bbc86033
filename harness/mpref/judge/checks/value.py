"""The check on what an event carries: `value`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import Meta

from .base import Check, Events, Observation, Selector, key, refuse_field, same, selector
from .stream import regex_problem

if TYPE_CHECKING:
    from mpref.history import History

TypeName = Literal["int", "float", "str", "bool", "list", "dict", "none"]
OPERANDS = ("equals", "one_of", "least", "most", "matches", "same_as", "type")
SHOWN = 3
FLEETING = re.compile(
    r"(?<=0x)[0-9a-fA-F]{6,}|(?<=pid=)\d+|(?<=parent=)\d+|(?<=[Pp]rocess )\d+|(?<=\.py:)\d+|(?<=/python)\d\.\d+"
)
"""Addresses and pids within a text, other ones in every trial; lines of the library and the folder of its version, other
ones in every release: with them outcomes would never be alike."""


class Value(Check, frozen=True, kw_only=True, tag="value"):
    """The field of every matching event meets the operand; `least` and `most` may stand together."""

    of: Events
    field: Annotated[str, Meta(min_length=1, description="The field to read; pid and ppid are the process's own.")]
    equals: Annotated[Any, Meta(description="Equal to this.")] = None
    one_of: Annotated[tuple[Any, ...], Meta(description="Equal to one of these.")] = msgspec.field(
        default=(), name="one-of"
    )
    least: Annotated[float | None, Meta(description="A number, at least this.")] = None
    most: Annotated[float | None, Meta(description="A number, at most this.")] = None
    matches: Annotated[str | None, Meta(description="A text in which this regular expression is found.")] = None
    same_as: Annotated[Events | None, Meta(description="Equal to a value of these events (their `field`).")] = (
        msgspec.field(default=None, name="same-as")
    )
    type: Annotated[TypeName | None, Meta(description="Of this type, as recorded.")] = None

    zero_is_meaningful: ClassVar[bool] = True

    def selectors(self) -> dict[str, Selector]:
        other = {"same-as": selector(self.same_as)} if self.same_as is not None else {}
        return {"of": selector(self.of), **other}

    def problem(self) -> str:
        given = [name for name in OPERANDS if getattr(self, name) not in (None, ())]
        if len(given) != 1 and given != ["least", "most"]:
            names = ", ".join(name.replace("_", "-") for name in OPERANDS)
            return f"it needs exactly one of {names} (`least` and `most` may stand together)"
        return regex_problem(self.matches) or refuse_field({"of": selector(self.of)})

    def look(self, history: History) -> Observation:
        of = selector(self.of)
        missing = of.absent(history, self.field)
        if self.same_as is not None:
            missing += (other := selector(self.same_as)).absent(history, other.field)
        if missing:
            return Observation(False, f"no {', '.join(missing)}", missing)
        values = [event.value(self.field) for event in of.events(history)]
        holds = all(self._meets(value, history) for value in values)
        return Observation(holds, self._outcome(values, holds))

    def _meets(self, value: Any, history: History) -> bool:
        if self.same_as is not None:
            return any(same(value, other) for other in selector(self.same_as).values(history))
        if self.least is not None or self.most is not None:
            return _is_number(value) and self._within(value)
        if self.matches is not None:
            return isinstance(value, str) and re.search(self.matches, value) is not None
        if self.type is not None:
            return _type_name(value) == self.type
        return any(same(value, one) for one in self.one_of or (self.equals,))

    def _within(self, value: float) -> bool:
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    def _outcome(self, values: list[Any], holds: bool) -> str:
        """Values are shown but where they are measured numbers or pids, which differ from trial to trial."""
        name = f"{selector(self.of)}.{self.field}"
        if self.same_as is not None:
            return f"{name} {'is that' if holds else 'is not that'} of {selector(self.same_as)}"
        if self.least is not None or self.most is not None:
            return f"{name} {'within' if holds else 'out of'} bounds"
        if self.type is not None or self.field in {"pid", "ppid"}:
            return f"{name} of type {', '.join(sorted({_type_name(value) for value in values}))}"
        return f"{name} = {_few(values)}"


def _few(values: list[Any]) -> str:
    texts = sorted({FLEETING.sub("#", key(value))[:60] for value in values})
    return ", ".join(texts[:SHOWN]) + (", ..." if len(texts) > SHOWN else "")


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _type_name(value: Any) -> str:
    names = {"NoneType": "none", "tuple": "list"}
    name = type(value).__name__
    return names.get(name, name)
