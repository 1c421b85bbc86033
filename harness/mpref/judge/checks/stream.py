"""Checks on what was printed: `text` and `lines`. Of much output a part is kept; what the gap may hold is open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from mpref.history import History, Stream

from .base import Aspect, Bounded, Check, Observation

if TYPE_CHECKING:
    from mpref.judge.scenario import Scenario

StreamName = Annotated[Literal["stdout", "stderr"], Meta(description="Which stream.")]
Regex = Annotated[str | None, Meta(description="A regular expression to be found in it; flags inline, such as (?m).")]


def regex_problem(pattern: str | None) -> str:
    """What is wrong with a regular expression; empty if nothing."""
    try:
        re.compile(pattern or "")
    except re.error as error:
        return f"{pattern!r} is not a regular expression: {error}"
    return ""


def stream_of(history: History, name: Literal["stdout", "stderr"]) -> Stream:
    """The named stream of a trial."""
    return history.stdout if name == "stdout" else history.stderr


def is_partial(stream: Stream) -> bool:
    """Whether a part in the middle was not kept."""
    return stream.size > len(stream.head) + len(stream.tail)


def preview(text: str) -> str:
    """The beginning of a text in one line, stable from trial to trial: without digits, a traceback's and temporary folders."""
    placeless = re.sub(r'(File ")[^"\n]*[/\\]', r"\1", text)
    blanked = re.sub(
        r"(?<=/mpref-)\w+|(?<=/pymp-)\w+|0x[0-9a-fA-F]+|\d+", "#", " / ".join(placeless.strip().split("\n"))
    )
    return f"'{blanked[:60]}{'...' if len(blanked) > 60 else ''}'"


class Text(Check, frozen=True, kw_only=True, tag="text"):
    """A stream as a whole: equal to a text, containing one, matching a regular expression, or empty."""

    stream: StreamName
    equals: Annotated[str | None, Meta(description="The whole text, newlines as \\n.")] = None
    contains: Annotated[str | None, Meta(description="A text that occurs in it.")] = None
    matches: Regex = None
    empty: Annotated[bool | None, Meta(description="true: nothing was printed; false: something was.")] = None

    @property
    def aspect(self) -> Aspect | None:
        return "stderr" if self.stream == "stderr" else None

    def problem(self) -> str:
        given = [name for name in ("equals", "contains", "matches", "empty") if getattr(self, name) is not None]
        if len(given) != 1:
            return "it needs exactly one of equals, contains, matches, empty"
        return regex_problem(self.matches)

    def look(self, history: History) -> Observation:
        stream = stream_of(history, self.stream)
        if self.empty is not None:
            return Observation(self.empty == (stream.size == 0), f"{self.stream} is {'not ' * (stream.size > 0)}empty")
        if self._found(stream.text):
            return Observation(True, f"{self.stream} as expected")
        if is_partial(stream) and self.equals is None:
            return Observation(None, f"{self.stream} was kept in part only")
        return Observation(
            False, f"{self.stream} is {preview(stream.text)}" if stream.size else f"{self.stream} is empty"
        )

    def _found(self, text: str) -> bool:
        if self.equals is not None:
            return text == self.equals
        if self.contains is not None:
            return self.contains in text
        return re.search(self.matches or "", text) is not None


class Lines(Bounded, frozen=True, kw_only=True, tag="lines"):
    """How many lines a stream has, or how many of them match."""

    stream: StreamName
    matches: Regex = None

    @property
    def aspect(self) -> Aspect | None:
        return "stderr" if self.stream == "stderr" else None

    def problem(self) -> str:
        return Bounded.problem(self) or regex_problem(self.matches)

    def look(self, history: History) -> Observation:
        count, exact = self._count(stream_of(history, self.stream))
        name = f"{self.stream} lines" + (f" matching '{self.matches}'" if self.matches is not None else "")
        if exact:
            return Observation(self.within(count), f"{count} {name}")
        return Observation(self._of_at_least(count), f"{self.stream} was kept in part only")

    def foresees(self, history: History, scenario: Scenario, odd: frozenset[str]) -> frozenset[str]:
        """That no line matches foresees nothing of what else is there."""
        return (
            odd
            if self._count(stream_of(history, self.stream))[0] and self.observe(history, scenario).holds
            else frozenset()
        )

    def _count(self, stream: Stream) -> tuple[int, bool]:
        """The lines that match, and whether that is all of them; torn lines at the gap are not counted."""
        if not is_partial(stream):
            return sum(map(self._fits, _lines(stream.text))), True
        head, tail = (Stream(head=part, size=len(part)).text.split("\n") for part in (stream.head, stream.tail))
        return sum(map(self._fits, head[:-1] + _lines("\n".join(tail[1:])))), False

    def _fits(self, line: str) -> bool:
        return self.matches is None or re.search(self.matches, line) is not None

    def _of_at_least(self, count: int) -> bool | None:
        """What a lower bound of the number proves."""
        most = self.is_ if self.is_ is not None else self.most
        if most is not None:
            return False if count > most else None
        return True if self.within(count) else None


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else lines
