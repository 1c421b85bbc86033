"""The host for Linux, macOS and other POSIX systems: starts a trial's program and tells what becomes of its processes."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import Any, Callable, Dict, List, Optional, Tuple, Union

from . import cgroup, priority, processes, streams, timers
from .folders import Folders
from .guardian import Guardian
from .members import Members
from .order import CannotStart, Order
from .pump import Pump
from .scan import Scan
from .starter import Spare
from .streams import Capture, Plumbing
from .watch import TOO_MANY_PROCESSES

Enclosure = Union[cgroup.Group, Scan]
DECLARED = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "dumb"}
POLLING = "polling"
"""The number of processes is looked at, and nothing limits it."""
PASSED_ON = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


class Running:
    """A trial's processes and streams, from its start to the end of the last of them."""

    def __init__(self, host: Host, enclosure: Enclosure, plumbing: Plumbing, pid: int, order: Order) -> None:
        self.started = 0.0
        self.host = host
        self.enclosure = enclosure
        self.plumbing = plumbing
        self.stdout, self.stderr = plumbing.stdout, plumbing.stderr
        self.pid = pid
        self.status: Optional[int] = None
        self.members = Members(pid, order.command)
        self._waits = timers.Waits(order.quiet)

    def wait(self, seconds: float) -> None:
        """Take in output until something happens or the time is over; then the status is up to date."""
        self.host.pump.wait(max(0.0, seconds))
        if self.host.pump.child_ended and self.status is None:
            self.host.pump.child_ended = False
            self.reap()

    def reap(self) -> None:
        """See whether the program has ended."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)

    def live(self) -> Dict[int, processes.Proc]:
        """The processes there are now."""
        found = self.enclosure.table()
        self.members.note(found)
        return found

    def any_left(self) -> bool:
        """Whether there is one at all; cheaper."""
        pids = self.enclosure.pids()
        return bool(pids)

    def cpu(self) -> Optional[float]:
        """CPU seconds so far, exactly; None where that is not known."""
        return self.enclosure.cpu()

    def cpu_seen(self) -> float:
        """CPU seconds so far, or a lower bound."""
        exact = self.enclosure.cpu()
        return exact if exact is not None else getattr(self.enclosure, "cpu_seen", float)()

    def refused(self) -> int:
        """How often the limit on processes refused one; 0 where nobody counts."""
        return self.enclosure.refused()

    def will_wake(self) -> bool:
        """Whether one of the processes waits with a time limit, as far as can be told."""
        return self._waits.will_end(self.enclosure.pids(), time.monotonic())

    def interrupt(self) -> None:
        """What Ctrl-C sends, to the program alone."""
        if self.status is None:
            cgroup.send(self.pid, signal.SIGINT)

    def terminate(self) -> None:
        """Ask all to end."""
        for pid in self.enclosure.pids():
            cgroup.send(pid, signal.SIGTERM)

    def dump_order(self) -> List[Tuple[int, str]]:
        """Stop all but the resource tracker; pids and roles in the order in which they are to dump: the program first."""
        described = self.members.describe(self.live())
        to_dump = [(one["pid"], one["role"]) for one in described if one["role"] != "resource tracker"]
        for pid, _ in to_dump:
            cgroup.send(pid, signal.SIGSTOP)
        return sorted(to_dump, key=lambda one: one[0] != self.pid)

    def dump(self, pid: int) -> None:
        """Let one of the stopped write its stack to stderr; it dies of it."""
        cgroup.send(pid, signal.SIGABRT)
        cgroup.send(pid, signal.SIGCONT)

    def is_alive(self, pid: int) -> bool:
        """Whether a process is still there."""
        return pid in processes.some([pid])

    def kill(self) -> bool:
        """Kill all that is left; whether that worked."""
        gone = self.enclosure.kill_all()
        if self.status is None and gone:
            _, status = os.waitpid(self.pid, 0)
            self.status = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
        return gone

    def divert(self, capture: Capture) -> Capture:
        """From now on stderr goes to that capture; returns the one it went to before."""
        return self.stderr.divert(capture)

    def close(self) -> None:
        """Take in what is still there, and close the streams."""
        for channel in (self.stdout, self.stderr):
            channel.drain()
            self.host.pump.remove(channel)
        self.plumbing.close()
        self.host.follow(self.enclosure, 0)


class Host:
    """This machine, as far as one supervisor uses it. Trials follow one another."""

    def __init__(self, allow: str = "auto") -> None:
        _close_inherited()
        os.umask(0o022)
        self.cleared = cgroup.clear_stale() if sys.platform == "linux" and allow != "none" else 0
        self.nonce = os.urandom(8).hex()
        self.folders = Folders()
        self._null = os.open(os.devnull, os.O_RDWR)
        made: List[Enclosure] = list(cgroup.make(2, self.nonce, allow)) if sys.platform == "linux" else []
        self.enclosures: List[Enclosure] = made or [Scan(f"MPREF_NONCE={self.nonce}") for _ in range(2)]
        self.limit = self._limit()
        """How the number of processes is limited."""
        if self.limit == POLLING:
            priority.take()
        self.guardian = Guardian(self.enclosures, self.nonce, self.folders.root)
        self.pump = Pump(0)
        self._turn = 0
        self._trials = 0
        self._spare: Optional[Spare] = None
        self.make_ready()

    @property
    def stopped(self) -> str:
        """Why no more trials are to be run; empty as a rule."""
        return self.pump.stopped

    def _limit(self) -> str:
        first = self.enclosures[0]
        if first.has("limit"):
            return first.describe("limit")
        return "RLIMIT_NPROC" if os.getuid() else POLLING

    def hello(self) -> Dict[str, Any]:
        """What this host can do, and by what."""
        first = self.enclosures[0]
        grouped = isinstance(first, cgroup.Group)
        killing = first.describe("kill") or first.describe("freeze")
        out_of_reach = (
            "" if grouped else "a daemon that leaves the session with a cleared environment before it is seen"
        )
        return {
            "limit": self.limit,
            "find": first.describe("find") or "nonce, session and descent",
            "kill": killing or "signals to process groups",
            "cpu": first.describe("cpu"),
            "out_of_reach": out_of_reach,
            "guardian": self.guardian.pid,
            "folder": self.folders.root,
            "environ": self.environ({}),
            "cleared": self.cleared,
        }

    def environ(self, own: Dict[str, str]) -> Dict[str, str]:
        """The declared environment of the next trial, with the order's own variables."""
        folders = self.folders
        passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        places = {"HOME": folders.home, "TMPDIR": folders.temporary, "MPREF_EVENTS": folders.events}
        return {**DECLARED, **passed, **places, "MPREF_NONCE": f"{self.nonce}{self._trials:08x}", **own}

    def next_order(self) -> Optional[bytes]:
        """The next line, waited for; None when there are no more."""
        while not self.pump.lines and not self.pump.stopped:
            self.pump.wait(None)
        return None if self.pump.stopped else self.pump.lines.popleft()

    def make_ready(self) -> None:
        """Fork the process of the next trial, in the enclosure whose turn it is."""
        if self._spare is None:
            enclosure = self.enclosures[self._turn]
            self._spare = Spare(enclosure.entrances(), self._null)

    def start(self, order: Order, place: Callable[[int], None]) -> Running:
        """Start the order's program. Raises CannotStart."""
        self.folders.empty()
        self._trials += 1
        try:
            plumbing = streams.lay(order.stream, order.stdin, self.folders.streams)
        except OSError as error:
            raise CannotStart(f"its streams could not be made: {error}") from None
        try:
            running = self._launch(order, plumbing, place)
        except CannotStart:
            plumbing.close()
            self.make_ready()
            raise
        plumbing.started(order.stream)
        self.pump.add(plumbing.stdout)
        self.pump.add(plumbing.stderr)
        self.make_ready()
        return running

    def _launch(self, order: Order, plumbing: Plumbing, place: Callable[[int], None]) -> Running:
        self.make_ready()
        assert self._spare is not None
        spare, self._spare = self._spare, None
        enclosure = self.enclosures[self._turn]
        try:
            spare.wait_ready()
            place(spare.pid)
            enclosure.begin(order.processes)
            self.follow(enclosure, spare.pid)
            folder, environ = order.cwd or self.folders.home, self.environ(order.environ)
            tasks, started = self._tasks(order), time.monotonic()
            spare.go(order.command, environ, folder, plumbing.program_ends(), tasks)
        except OSError as error:
            spare.dismiss()
            raise CannotStart(f"{order.command[0]} could not be started: {error}") from None
        except CannotStart:
            spare.dismiss()
            raise
        self._turn = 1 - self._turn
        running = Running(self, enclosure, plumbing, spare.pid, order)
        running.started = started
        return running

    def follow(self, enclosure: Enclosure, session: int) -> None:
        """Where trials are found by looking, tell who looks the session of the one that starts; 0: it has ended."""
        if isinstance(enclosure, Scan):
            enclosure.follow(session)
            self.guardian.follow(session)

    def _tasks(self, order: Order) -> int:
        """The user's limit, which trials that run side by side share: a last stop, far above what one of them may have."""
        if self.limit != "RLIMIT_NPROC":
            return 0
        return processes.tasks_of(os.getuid()) + TOO_MANY_PROCESSES * order.processes

    def close(self) -> None:
        """Leave nothing behind."""
        if self._spare is not None:
            self._spare.dismiss()
        for enclosure in self.enclosures:
            enclosure.kill_all()
            enclosure.remove()
        self.folders.remove()
        self.guardian.dismiss()


def _close_inherited() -> None:
    """What the harness forgot to close must not get into a trial."""
    try:
        inherited = [int(name) for name in os.listdir("/dev/fd")]
    except OSError:
        return
    for descriptor in inherited:
        if descriptor > 2:
            try:
                os.set_inheritable(descriptor, False)
            except OSError:
                continue
