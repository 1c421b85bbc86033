"""Stand-ins for what is real elsewhere: an environment, histories, a supervisor that starts nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mpref.environment import Environment
from mpref.history import Event, History
from mpref.record.client import Supervisor

if TYPE_CHECKING:
    from collections.abc import Callable

    from mpref.record.order import Order


def environment(**changes: Any) -> Environment:
    """CPython 3.13.0 on Linux, but for what is given."""
    plain: dict[str, Any] = {
        "executable": "python3.13", "implementation": "cpython", "version": "3.13.0", "implementation_version": "3.13.0",
        "build": "main", "free_threaded": False, "debug": False, "optimize": 0, "warn_options": (), "x_options": (),
        "platform": "linux", "os": "Linux 6", "machine": "x86_64", "libc": "glibc 2.36", "container": "", "cpus": 2,
        "affinity": 2, "quota": None, "start_methods": ("fork", "spawn", "forkserver"), "default_method": "fork",
        "capabilities": ("os.fork", "os.openpty"),
    }  # fmt: skip
    return Environment(**{**plain, **changes})


def event(label: str, pid: int = 10, time: int = 0, seq: int = 0, **fields: Any) -> Event:
    """An event of process 10, whose parent is 1, at 0 ns."""
    return Event(label=label, pid=pid, ppid=1 if pid == 10 else 10, time=time, seq=seq, fields=fields)


def history(*events: Event, trial: int = 1, **changes: Any) -> History:
    """A trial that ended by itself with status 0 and empty streams, but for what is given."""
    plain: dict[str, Any] = {
        "trial": trial, "command": ("python3.13", "program.py"), "pid": 10, "ending": "exited", "status": 0, "started": 0.0,
        "wall": 0.1, "cpu": 0.05, "created": 1, "neighbours": 0.0, "events": events,
    }  # fmt: skip
    return History(**{**plain, **changes})


class FakeSupervisor(Supervisor):
    """Answers each order from a function, and counts them; starts no process."""

    def __init__(self, answer: Callable[[Order], History]) -> None:
        self._answer = answer
        self.orders: list[Order] = []
        self.hello = {}

    def run(self, order: Order) -> History:
        self.orders.append(order)
        return self._answer(order)

    def close(self) -> None:
        """There is nothing to end."""

    def abandon(self) -> None:
        """There is nothing to kill."""
