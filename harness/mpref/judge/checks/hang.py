"""The check on not ending: `hang`. A hang is an outcome like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from .base import KILLED, Aspect, Check, Observation

if TYPE_CHECKING:
    from mpref.history import History


class Hang(Check, frozen=True, kw_only=True, tag="hang"):
    """The trial does not end by itself."""

    kind: Annotated[
        Literal["blocked", "endless", "any"],
        Meta(description="blocked: uses no CPU any more; endless: goes on using it or creating processes."),
    ] = "any"

    @property
    def aspect(self) -> Aspect | None:
        return "end"

    def look(self, history: History) -> Observation:
        wanted = KILLED if self.kind == "any" else frozenset({self.kind})
        return Observation(history.ending in wanted, history.ending)
