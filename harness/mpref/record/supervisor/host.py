"""What every host offers, and the table of hosts: one sibling module a platform."""

from __future__ import annotations

import sys
from typing import Any, Callable, Dict, List, Optional, Protocol, Tuple

from .order import Order
from .processes import Proc
from .streams import Capture


class Stream(Protocol):
    """One standard stream while the trial runs."""

    capture: Capture

    @property
    def size(self) -> int:
        """Bytes written so far."""

    def drain(self) -> None:
        """Take in all that is there now."""


class MemberList(Protocol):
    """Every process seen of a trial."""

    created: int

    def describe(self, live: Dict[int, Proc]) -> List[Dict[str, Any]]:
        """In the history's form, with roles."""


class RunningTrial(Protocol):
    """A trial's processes and streams, from its start to the end of the last of them."""

    pid: int
    started: float
    """Seconds of the monotonic clock."""
    status: Optional[int]

    @property
    def stdout(self) -> Stream:
        """The program's output."""

    @property
    def stderr(self) -> Stream:
        """Its errors."""

    @property
    def members(self) -> MemberList:
        """Every process seen."""

    def wait(self, seconds: float) -> None:
        """Take in output until something happens or the time is over."""

    def live(self) -> Dict[int, Proc]:
        """The processes there are now."""

    def any_left(self) -> bool:
        """Whether there is one at all."""

    def cpu(self) -> Optional[float]:
        """CPU seconds so far, exactly; None where that is not known."""

    def cpu_seen(self) -> float:
        """CPU seconds so far, or a lower bound."""

    def refused(self) -> int:
        """How often the limit on processes refused one."""

    def will_wake(self) -> bool:
        """Whether one of the processes waits with a time limit; true where that cannot be told."""

    def interrupt(self) -> None:
        """What Ctrl-C sends, to the program alone."""

    def terminate(self) -> None:
        """Ask all to end."""

    def dump_order(self) -> List[Tuple[int, str]]:
        """Stop all that are to dump their stacks; their pids and roles, the program first."""

    def dump(self, pid: int) -> None:
        """Let one of them dump; it dies of it."""

    def is_alive(self, pid: int) -> bool:
        """Whether a process is still there."""

    def kill(self) -> bool:
        """Kill all that is left; whether that worked."""

    def divert(self, capture: Capture) -> Capture:
        """From now on stderr goes to that capture; returns the one it went to before."""

    def close(self) -> None:
        """Take in what is still there, and close the streams."""


class EventFolder(Protocol):
    """Where a trial's events are."""

    events: str


class AnyHost(Protocol):
    """A machine, as far as one supervisor uses it."""

    @property
    def folders(self) -> EventFolder:
        """The folders of the trial that runs."""

    @property
    def stopped(self) -> str:
        """Why no more trials are to be run."""

    @property
    def limit(self) -> str:
        """How the number of processes is limited; `polling` where it is not."""

    def hello(self) -> Dict[str, Any]:
        """What it can do, and by what."""

    def start(self, order: Order, place: Callable[[int], None]) -> RunningTrial:
        """Start a trial's program; `place` is told its pid before. Raises CannotStart, also where `place` does."""

    def next_order(self) -> Optional[bytes]:
        """The next line, waited for; None when there are no more."""

    def close(self) -> None:
        """Leave nothing behind."""


def make(allow: str) -> AnyHost:
    """This system's host. `allow` says which control groups may be used: auto, v1, v2 or none."""
    if sys.platform == "win32":
        from . import windows

        return windows.Host()
    from . import posix

    return posix.Host(allow)
