"""The processes of the trial that runs: who is there now, who was seen, in what role."""

from __future__ import annotations

from typing import Any, Dict, List

from . import processes, roles
from .processes import Proc
from .roles import Known


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
        """The live ones in the history's form, with their roles."""
        self.note(live)
        for pid in live:
            self._look_up(pid)
            self._look_up(self.seen[pid].ppid)
        found = [self._describe_one(proc) for proc in live.values()]
        return sorted(found, key=lambda one: int(one["pid"]))

    def _describe_one(self, proc: Proc) -> Dict[str, Any]:
        known = self.seen[proc.pid]._replace(session=proc.session)
        role = roles.role(known, self.root, self.seen)
        return {"pid": proc.pid, "ppid": proc.ppid, "role": role, "command": known.command}

    def _look_up(self, pid: int) -> None:
        known = self.seen.get(pid)
        if known is not None and not known.command:
            self.seen[pid] = known._replace(command=processes.command(pid))
