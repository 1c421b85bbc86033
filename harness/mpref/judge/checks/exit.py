"""The check on how the program itself reported: `exit-status`."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from .base import KILLED, Aspect, Check, Observation

if TYPE_CHECKING:
    from mpref.history import History


class ExitStatus(Check, frozen=True, kw_only=True, tag="exit-status"):
    """The exit status as `subprocess` gives it: negative for a signal. A trial ended by the harness does not tell."""

    is_: Annotated[int | tuple[int, ...], Meta(description="The status, or a list of those that may be.")] = (
        msgspec.field(name="is")
    )

    @property
    def aspect(self) -> Aspect | None:
        return "exit"

    def problem(self) -> str:
        return "`is` names no status" if self.is_ == () else ""

    def look(self, history: History) -> Observation:
        if history.ending in KILLED:
            return Observation(None, f"{history.ending}, ended by the harness")
        wanted = (self.is_,) if isinstance(self.is_, int) else self.is_
        return Observation(history.status in wanted, status_text(history.status))


def status_text(status: int | None) -> str:
    """`status 1`, `status -11 (SIGSEGV)`."""
    if status is None:
        return "no status"
    if status >= 0:
        return f"status {status}"
    try:
        return f"status {status} ({signal.Signals(-status).name})"
    except ValueError:
        return f"status {status}"
