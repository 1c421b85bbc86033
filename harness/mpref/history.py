"""What a trial left behind: the stored truth that record produces and judge reads.

The supervisor, which has the standard library only, writes these objects as JSON; here they are typed and checked. Times
are nanoseconds of the monotonic clock that all processes of one kernel share; durations are seconds.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Ending = Literal["exited", "blocked", "endless", "slow", "interrupted"]
"""How a trial ended: by itself; with no CPU used for a window; still creating processes or burning CPU beyond its allowance;
at its deadline while getting on (load, no verdict); by the user's interrupt (no verdict)."""

Role = Literal["program", "worker", "fork server", "resource tracker", "stray"]
"""What a process is to the program: itself, a child that does its work, one of multiprocessing's helpers, or unknown."""

HELPERS: frozenset[Role] = frozenset({"fork server", "resource tracker"})


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One call of `event(...)`: who, when, and the program's own fields."""

    label: str
    pid: int
    ppid: int
    time: int
    seq: int
    fields: dict[str, Any] = {}

    def value(self, field: str) -> Any:
        """The named field; `pid` and `ppid` name the process's own. Raises KeyError where the event has no such field."""
        if field in {"pid", "ppid"}:
            return getattr(self, field)
        return self.fields[field]

    def before(self, other: Event) -> bool | None:
        """Whether this happened before the other; None for a tie of two processes, which is concurrent."""
        if self.pid == other.pid:
            return self.seq < other.seq
        return None if self.time == other.time else self.time < other.time


class Stream(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A standard stream: its first and last 64 KiB (`tail` is empty where `head` holds all), size in bytes and SHA-256."""

    head: bytes = b""
    tail: bytes = b""
    size: int = 0
    sha256: str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    @property
    def text(self) -> str:
        """What was kept, decoded as UTF-8 with bad bytes spelt in hexadecimal, newlines as one character; a gap is marked."""
        gap = self.size - len(self.head) - len(self.tail)
        middle = f"\n[... {gap} bytes ...]\n".encode() if gap > 0 else b""
        text = (self.head + middle + self.tail).decode("utf-8", "backslashreplace")
        return text.replace("\r\n", "\n")


class Process(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A process that was found left over."""

    pid: int
    ppid: int
    role: Role
    command: str


class History(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that one trial showed."""

    trial: int
    command: tuple[str, ...]
    regime: str = "none"
    seed: int = 0
    pid: int
    """The root program's pid as the supervisor knows it (under a Windows virtual environment, that of a launcher)."""
    ending: Ending
    reason: str = ""
    """Why the supervisor ended it, in one sentence; empty where it ended by itself."""
    status: int | None
    """Exit status as `subprocess` gives it (negative: a signal); None where the supervisor ended the trial."""
    started: float
    """Seconds since the epoch."""
    wall: float
    cpu: float | None
    """CPU seconds of all its processes; None where only the waited-for children could be counted."""
    created: int
    """Processes seen in all; a lower bound, for a short-lived one may be missed."""
    neighbours: float | None
    """Cores that were busy with something else meanwhile, on average."""
    cores: float | None = None
    """Cores' worth of work that spinning processes got, the less of just before and just after; None where nobody measured."""
    limit_hit: bool = False
    """Whether the limit on processes refused one."""
    events: tuple[Event, ...] = ()
    stdout: Stream = Stream()
    stderr: Stream = Stream()
    dump: Stream = Stream()
    """The stacks that were dumped to stderr when a hang was ended."""
    left_at_exit: tuple[Process, ...] = ()
    left_after_grace: tuple[Process, ...] = ()
    notes: tuple[str, ...] = ()
    """What the supervisor could not do or had to guess (an event line torn by a kill, a limit that could not be set)."""
    error: str = ""
    """Why the trial could not be carried out at all: the cell is then broken. Empty as a rule."""
