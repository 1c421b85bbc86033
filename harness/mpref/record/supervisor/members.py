"""The processes of the trial that runs: who is there now, who was seen, in what role."""

from __future__ import annotations

import os
import time
from typing import Any, Dict, List

from . import processes, roles
from .processes import Proc
from .roles import Known

EXEC_LOOKS = 50
EXEC_PAUSE = 0.002
"""Seconds between looks at a process that shows no command line, and how many looks it gets."""
UNSETTLED_LOOKS = 250 if processes.HAS_PROC else 12
"""And how many a busy one gets that may be about to become another program: half a second, as `ps` takes some 0.02 s."""


class Members:
    """Remembers every process of a trial as it was first seen."""

    def __init__(self, root: int, command: List[str]) -> None:
        self.root = Known(root, 0, root, " ".join(command)[: processes.COMMAND_LENGTH])
        self.seen: Dict[int, Known] = {root: self.root}
        self._identity: Dict[int, int] = {}
        self.created = 1

    def note(self, live: Dict[int, Proc]) -> None:
        """Remember those that are new; their command lines are read only when somebody asks."""
        for pid, proc in live.items():
            if self._identity.get(pid) == proc.started:
                continue
            if pid != self.root.pid:
                self.seen[pid] = Known(pid, proc.ppid, proc.session, "")
                self.created += 1
            self._identity[pid] = proc.started

    def describe(self, live: Dict[int, Proc]) -> List[Dict[str, Any]]:
        """The live ones in the history's form, with their roles; without those that died while they were looked at."""
        self.note(live)
        for pid in live:
            self._look_up(pid)
            self._look_up(self.seen[pid].ppid)
        there = [proc for proc in live.values() if self.seen[proc.pid].command or self._told(proc)]
        self._wait_for_execs(there)
        return sorted(map(self._describe_one, there), key=lambda one: int(one["pid"]))

    def _told(self, proc: Proc) -> bool:
        """Whether one without a command line is there: it is dying (then no longer), or in the midst of an exec."""
        for _ in range(EXEC_LOOKS):
            again = processes.some([proc.pid]).get(proc.pid)
            if again is None or again.started != proc.started:
                return False
            self._look_up(proc.pid)
            if self.seen[proc.pid].command:
                return True
            time.sleep(EXEC_PAUSE)
        return True

    def _wait_for_execs(self, there: List[Proc]) -> None:
        """Read again the command line of a busy worker or stray: a helper is forked first, and then becomes what it is.

        Where fork_exec() is no vfork() (CPython before 3.10, PyPy, macOS) the program may be gone by then. Where nothing is
        forked a process is what it is from its beginning.
        """
        if not hasattr(os, "fork"):
            return
        unsettled = {proc.pid: proc for proc in there if self._role(proc) in ("worker", "stray")}
        for _ in range(UNSETTLED_LOOKS):
            again = processes.some(unsettled)  # before the command lines: who has come to rest has become what it is
            for pid in unsettled:
                self._look_up(pid, again=True)
            unsettled = {
                pid: proc
                for pid, proc in again.items()
                if proc.busy and proc.started == unsettled[pid].started and self._role(proc) in ("worker", "stray")
            }
            if not unsettled:
                return
            time.sleep(EXEC_PAUSE)

    def _role(self, proc: Proc) -> str:
        return roles.role(self.seen[proc.pid]._replace(session=proc.session), self.root, self.seen)

    def _describe_one(self, proc: Proc) -> Dict[str, Any]:
        command = self.seen[proc.pid].command
        return {"pid": proc.pid, "ppid": proc.ppid, "role": self._role(proc), "command": command}

    def _look_up(self, pid: int, *, again: bool = False) -> None:
        known = self.seen.get(pid)
        if known is not None and (again or not known.command):
            self.seen[pid] = known._replace(command=processes.command(pid) or known.command)
