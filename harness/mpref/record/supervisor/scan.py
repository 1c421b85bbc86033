"""The enclosure where there are no control groups: a trial's processes are looked for among all processes of the system.

One belongs to the trial if it is in the trial's session, carries the nonce in the environment it was started with, or
descends from one that does. Out of reach is a daemon that left the session with a cleared environment before it was seen.
"""

from __future__ import annotations

import os
import signal
import time
from typing import Dict, Iterable, List, Optional, Set

from . import processes
from .cgroup import KILLING, send
from .processes import Proc
from .shm import Semaphores


class Scan:
    """Finds, counts and kills the processes of one trial after another, by looking."""

    def __init__(self, mark: str) -> None:
        self.mark = mark.encode()
        """What the environment of every process of the trial holds: `MPREF_NONCE=...`."""
        self.root = 0
        self._started = 0
        """When the root did, or 0 where unknown."""
        self._known: Dict[int, int] = {}
        self._foreign: Dict[int, int] = {}
        self._cpu: Dict[int, float] = {}

    def entrances(self) -> List[str]:
        """Nothing to enter."""
        return []

    def has(self, ability: str) -> bool:
        """It can do nothing by itself but look and kill."""
        return False

    def describe(self, ability: str) -> str:
        """No better means."""
        return ""

    def begin(self, limit: int) -> None:
        """A new trial, whose program is not started yet."""
        self.follow(0)
        self._known.clear()
        self._cpu.clear()

    def follow(self, root: int) -> None:
        """The program's pid, which is its session's too; 0 when the trial has ended, for the number is another's then."""
        alive = processes.find(root) if root else None
        self.root, self._started = root, alive.started if alive else 0

    def table(self) -> Dict[int, Proc]:
        """The trial's live processes."""
        everyone = processes.everyone()
        root = everyone.get(self.root)
        if root is not None and self._started not in (0, root.started):
            self.follow(0)  # nobody is left of the session: its number would not have been given to another process
        found = {pid: proc for pid, proc in everyone.items() if self._in_session(proc)}
        found.update(self._marked(everyone, found))
        added = True
        while added:
            added = False
            for pid, proc in everyone.items():
                if pid not in found and proc.ppid in found:
                    found[pid] = proc
                    added = True
        found.pop(os.getpid(), None)
        for pid, proc in found.items():
            self._known[pid] = proc.started
            self._cpu[pid] = proc.cpu
        return found

    def _marked(self, everyone: Dict[int, Proc], found: Dict[int, Proc]) -> Dict[int, Proc]:
        """Those that carry the nonce. Who was seen with another environment stays foreign: it is not read again."""
        unknown = {
            pid: proc
            for pid, proc in everyone.items()
            if pid not in found and self._foreign.get(pid, -1) != proc.started
        }
        marked, foreign = processes.marked(self.mark, unknown)
        self._foreign = {pid: started for pid, started in self._foreign.items() if pid in everyone}
        self._foreign.update((pid, everyone[pid].started) for pid in foreign)
        return {pid: everyone[pid] for pid in marked}

    def _in_session(self, proc: Proc) -> bool:
        if self.root and self.root in (proc.pid, proc.session, proc.group):
            return True
        return self._known.get(proc.pid, -1) == proc.started

    def pids(self) -> List[int]:
        """Who is there."""
        return sorted(self.table())

    def cpu(self) -> Optional[float]:
        """Not known: short-lived processes are missed."""
        return None

    def cpu_seen(self) -> float:
        """A lower bound: what the processes that were seen had used when they were last seen."""
        return sum(self._cpu.values())

    def refused(self) -> int:
        """Not known."""
        return 0

    def kill_all(self) -> bool:
        """Kill until none is found; whether none is.

        A signal to a whole process group reaches a fork in progress too, so bombs are ended group by group, the program's own
        stopped before anybody is looked for; and what hides in groups of its own is stopped before it is killed. The semaphores
        go with those who made them.
        """
        until, semaphores = time.monotonic() + KILLING, Semaphores()
        self._send(signal.SIGSTOP, [self.root] if self.root else [], [])
        pause = 0.001
        while True:
            found = self.table()
            if found:
                self._stop_and_kill(found, semaphores)
            if not found or time.monotonic() > until:
                semaphores.remove()
                return not found
            time.sleep(pause)
            pause = min(0.05, pause * 2)

    def _stop_and_kill(self, found: Dict[int, Proc], semaphores: Semaphores) -> None:
        own = os.getpgrp()
        groups: Set[int] = {proc.group for proc in found.values()} - {0, 1, own}
        self._send(signal.SIGSTOP, groups, found)
        semaphores.note(found)
        self._send(signal.SIGKILL, groups, found)

    @staticmethod
    def _send(number: int, groups: Iterable[int], pids: Iterable[int]) -> None:
        for group in groups:
            try:
                os.killpg(group, number)
            except OSError:
                continue
        for pid in pids:
            send(pid, number)

    def remove(self) -> None:
        """Nothing to remove."""
