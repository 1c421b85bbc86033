"""The host for Windows: a job object encloses, limits, counts and kills; threads read the pipes.

The job dies with the supervisor (kill on close), so no guardian is needed. Standard streams are pipes or files: there is no
pseudo-terminal. A process is made to dump its stacks by a breakpoint exception, which faulthandler reports as fatal.

It has run under Wine, whose job objects enclose and kill, but neither limit nor count: there the processes are looked at one
by one. On Windows itself it was written from the documents.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import deque
from typing import Any, Callable, Deque, Dict, List, Optional, Tuple

from . import streams
from .channel import PipeChannel
from .folders import Folders
from .members import Members
from .order import CannotStart, Order
from .processes import COMMAND_LENGTH, Proc
from .streams import Capture
from .wine import Usage

assert sys.platform == "win32"

import msvcrt  # noqa: E402
from ctypes import wintypes  # noqa: E402

from . import windows_processes as listed  # noqa: E402
from .job import KERNEL, NT, Job  # noqa: E402

NEEDED = (
    "SYSTEMROOT",
    "SYSTEMDRIVE",
    "COMSPEC",
    "PATHEXT",
    "WINDIR",
    "NUMBER_OF_PROCESSORS",
    "PROCESSOR_ARCHITECTURE",
    "PATH",
)
CREATE_SUSPENDED = 0x4


class Running:
    """A trial's processes and streams."""

    def __init__(self, host: Host, order: Order, stdout: Any, stderr: Any) -> None:
        self.host = host
        self.stdout, self.stderr = stdout, stderr
        self.status: Optional[int] = None
        self.job = Job(order.processes)
        where = order.cwd or host.folders.home
        below = Usage(where) if listed.IS_WINE else None
        source = os.open(order.stdin or os.devnull, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            self.process = subprocess.Popen(
                order.command,
                stdin=source,
                stdout=stdout.writing,
                stderr=stderr.writing,
                env=host.environ(order.environ),
                cwd=where,
                creationflags=subprocess.CREATE_NEW_PROCESS_GROUP | CREATE_SUSPENDED,
            )
        finally:
            os.close(source)
        handle = int(self.process._handle)  # type: ignore[attr-defined]  # noqa: SLF001
        self.job.add(handle)
        NT.NtResumeProcess(wintypes.HANDLE(handle))
        for channel in (stdout, stderr):
            channel.started()
        self.started = time.monotonic()
        self.pid = self.process.pid
        self.members = Members(self.pid, order.command)
        self._below = below
        threading.Thread(target=self._wait_for_exit, daemon=True).start()

    def _wait_for_exit(self) -> None:
        self.process.wait()
        self.host.happened.set()

    def wait(self, seconds: float) -> None:
        """Take in output until something happens or the time is over; then the status is up to date."""
        self.host.happened.wait(max(0.0, seconds))
        self.host.happened.clear()
        self.status = self.process.poll()

    def live(self) -> Dict[int, Proc]:
        """The processes there are now. On Windows, whether one is busy is not known: CPU and output have to tell."""
        parents = listed.parents()
        if self._below:
            self._below.look()
        busy = self._below is not None and self._below.busy
        found = {
            pid: Proc(pid, parents.get(pid, 0), 0, self.pid, busy, listed.started(pid), 0.0) for pid in self.job.pids()
        }
        self.members.note(found)
        for pid in found:
            known = self.members.seen[pid]
            if not known.command:
                self.members.seen[pid] = known._replace(command=listed.command(pid)[:COMMAND_LENGTH])
        self.members.created = max(self.members.created, self.job.created())
        return found

    def any_left(self) -> bool:
        """Whether there is one at all."""
        return self.job.active() > 0

    def cpu(self) -> Optional[float]:
        """CPU seconds so far, exactly; under Wine as far as they were seen."""
        if self._below is None:
            return self.job.cpu()
        self._below.look()
        return self._below.seconds()

    def cpu_seen(self) -> float:
        """The same."""
        return self.cpu() or 0.0

    def refused(self) -> int:
        """What the job's limit refused is ended at once and counted."""
        return self.job.refused()

    def will_wake(self) -> bool:
        """Not known, so rest is judged at the deadline only."""
        return True

    def interrupt(self) -> None:
        """CTRL_BREAK: CTRL_C cannot be sent to another group."""
        try:
            os.kill(self.pid, 1)
        except OSError:
            pass

    def terminate(self) -> None:
        """There is nothing between asking and killing."""

    def dump_order(self) -> List[Tuple[int, str]]:
        """The program only."""
        return [(self.pid, "program")] if self.status is None else []

    def dump(self, pid: int) -> None:
        """Raise a breakpoint exception in it."""
        KERNEL.DebugBreakProcess(wintypes.HANDLE(int(self.process._handle)))  # type: ignore[attr-defined]  # noqa: SLF001

    def is_alive(self, pid: int) -> bool:
        """Whether a process is still there."""
        return pid in self.job.pids()

    def kill(self) -> bool:
        """Kill all that is left; whether that worked. Then a pipe has its end, and what was written is taken in."""
        until = time.monotonic() + 10
        while self.any_left() and time.monotonic() < until:
            self.job.kill()
            time.sleep(0.005)
        if not self.any_left():
            self.status = self.process.wait()
            for channel in (self.stdout, self.stderr):
                if isinstance(channel, PipeChannel):
                    channel.close()
        return not self.any_left()

    def divert(self, capture: Capture) -> Capture:
        """From now on stderr goes to that capture; returns the one it went to before."""
        before: Capture = self.stderr.divert(capture)
        return before

    def close(self) -> None:
        """Take in what is still there, and close the streams."""
        for channel in (self.stdout, self.stderr):
            channel.drain()
            channel.close()
        self.job.close()


class Host:
    """This machine, as far as one supervisor uses it."""

    limit = "polling" if listed.IS_WINE else "job object"

    def __init__(self) -> None:
        self.folders = Folders()
        self.happened = threading.Event()
        self.stopped = ""
        self.nonce = os.urandom(8).hex()
        self._trials = 0
        self._lines: Deque[bytes] = deque()
        msvcrt.setmode(0, os.O_BINARY)
        msvcrt.setmode(1, os.O_BINARY)
        threading.Thread(target=self._read_orders, daemon=True).start()

    def _read_orders(self) -> None:
        for line in sys.stdin.buffer:
            self._lines.append(line)
            self.happened.set()
        self.stopped = "the harness is gone"
        self.happened.set()

    def next_order(self) -> Optional[bytes]:
        """The next line, waited for; None when there are no more."""
        while not self._lines and not self.stopped:
            self._pause()
        return None if self.stopped else self._lines.popleft()

    def _pause(self) -> None:
        try:
            self.happened.wait(0.5)  # a wait without end would not let Ctrl-C through
        except KeyboardInterrupt:
            self.stopped = "the supervisor was interrupted"
        self.happened.clear()

    def hello(self) -> Dict[str, Any]:
        """What this host can do, and by what."""
        return {
            "limit": self.limit,
            "find": "job object",
            "kill": "job object",
            "cpu": "polling" if listed.IS_WINE else "job object",
            "out_of_reach": "stacks of child processes; terminals; whether a process is ready to run",
            "guardian": None,
            "folder": self.folders.root,
            "environ": self.environ({}),
            "cleared": 0,
        }

    def environ(self, own: Dict[str, str]) -> Dict[str, str]:
        """The declared environment of the next trial, with the order's own variables."""
        folders = self.folders
        passed = {name: os.environ[name] for name in NEEDED if name in os.environ}
        places = {"USERPROFILE": folders.home, "TEMP": folders.temporary, "TMP": folders.temporary}
        nonce = {"MPREF_EVENTS": folders.events, "MPREF_NONCE": f"{self.nonce}{self._trials:08x}"}
        wine = {"MPREF_WINE": "1"} if listed.IS_WINE else {}
        return {**passed, **places, **nonce, **wine, **own}

    def start(self, order: Order, place: Callable[[int], None]) -> Running:
        """Start the order's program. Raises CannotStart."""
        place(0)
        if order.stream == "terminal":
            raise CannotStart("this system has no terminal for it")
        self.folders.empty()
        self._trials += 1
        channels: List[Any] = []
        try:
            channels.append(self._channel(order, "1"))
            channels.append(self._channel(order, "2"))
            return Running(self, order, *channels)
        except OSError as error:
            for channel in channels:
                channel.close()
            raise CannotStart(f"{order.command[0]} could not be started: {error}") from None

    def _channel(self, order: Order, name: str) -> Any:
        if order.stream == "pipe":
            return PipeChannel(self.happened)
        return streams.FileChannel(os.path.join(self.folders.streams, name))

    def close(self) -> None:
        """Leave nothing behind; the jobs are closed already."""
        self.folders.remove()
