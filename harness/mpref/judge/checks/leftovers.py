"""The check on processes that stay behind: `leftovers`, by role, at exit and after the grace period."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from mpref.history import History, Process, Role

from .base import KILLED, Aspect, Bounded, Observation

if TYPE_CHECKING:
    from mpref.judge.scenario import Scenario


Roles = Annotated[tuple[Role, ...], Meta(description="Only these roles; all without it.")]


class Leftovers(Bounded, frozen=True, kw_only=True, tag="leftovers"):
    """How many processes are left, of any role or of those named. A trial ended by the harness does not tell."""

    at: Annotated[Literal["exit", "grace"], Meta(description="When the program has ended, or after the grace period.")]
    roles: Roles = ()

    @property
    def aspect(self) -> Aspect | None:
        return "left at exit" if self.at == "exit" else "left after grace"

    def look(self, history: History) -> Observation:
        if history.ending in KILLED:
            return Observation(None, f"{history.ending}, ended by the harness")
        left = self._left(history)
        return Observation(self.within(len(left)), roles_text(left))

    def foresees(self, history: History, scenario: Scenario, odd: frozenset[str]) -> frozenset[str]:
        """The roles that it counts, if it holds: that no stray is left foresees no worker."""
        if not self.observe(history, scenario).holds:
            return frozenset()
        return odd & frozenset(self.roles) if self.roles else odd

    def _left(self, history: History) -> tuple[Process, ...]:
        left = history.left_at_exit if self.at == "exit" else history.left_after_grace
        return tuple(process for process in left if not self.roles or process.role in self.roles)


def roles_text(left: tuple[Process, ...]) -> str:
    """`1 resource tracker, 2 worker`; `none left`."""
    counts = sorted(Counter(process.role for process in left).items())
    return ", ".join(f"{count} {role}" for role, count in counts) or "none left"
