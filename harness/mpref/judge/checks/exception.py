"""The check on errors: `exception`, found by its traceback: its type, and the phase in which it was raised."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from mpref.judge.tracebacks import Phase, Raised, parse

from .base import Aspect, Check, Observation
from .stream import Regex, StreamName, is_partial, regex_problem, stream_of

if TYPE_CHECKING:
    from mpref.history import History


class Raises(Check, frozen=True, kw_only=True, tag="exception"):
    """A traceback of this type, phase and message is printed, be it the cause of another or not."""

    type: Annotated[str, Meta(min_length=1, description="Its name, with or without modules: BrokenProcessPool.")]
    phase: Annotated[Phase | None, Meta(description="Where it was raised; anywhere without it.")] = None
    stream: StreamName = "stderr"
    message: Regex = None

    @property
    def aspect(self) -> Aspect | None:
        return "stderr" if self.stream == "stderr" else None

    def problem(self) -> str:
        return regex_problem(self.message)

    def look(self, history: History) -> Observation:
        stream = stream_of(history, self.stream)
        raised = parse(stream.text)
        if any(self._fits(one) for one in raised):
            return Observation(True, _outcome(raised))
        if is_partial(stream):
            return Observation(None, f"{self.stream} was kept in part only")
        return Observation(False, _outcome(raised))

    def _fits(self, one: Raised) -> bool:
        return (
            self.type in (one.type, one.type.rpartition(".")[2])
            and self.phase in (None, one.phase)
            and (self.message is None or re.search(self.message, one.message) is not None)
        )


def _outcome(raised: tuple[Raised, ...]) -> str:
    names = sorted({f"{one.type.rpartition('.')[2]} at {one.phase}" for one in raised})
    return ", ".join(names) or "no exception"
