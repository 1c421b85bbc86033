"""What Wine does not tell of a trial's processes, read from the system below: how much CPU they use, and whether one is busy.

Wine answers GetProcessTimes with the asker's own times, and its job objects do not count. But its drive Z is the root of the
system below, whose /proc shows every process with its working directory: a trial's programs start in the trial's own.
"""

from __future__ import annotations

import os
from typing import Dict, Set, Tuple

from . import processes

PROC = "Z:\\proc"
TICKS = 100
"""A second, as Linux counts for users on every common machine."""


class Usage:
    """The processes that came since it was made and whose working directory is this folder."""

    def __init__(self, folder: str) -> None:
        self.busy = False
        self._folder = _identity(folder)
        self._before: Set[str] = set(_pids())
        self._used: Dict[str, float] = {}

    def look(self) -> None:
        """Takes in what they have used by now."""
        self.busy = False
        for pid in _pids():
            if pid in self._used or (pid not in self._before and _identity(f"{PROC}\\{pid}\\cwd") == self._folder):
                self._take_in(pid)

    def seconds(self) -> float:
        """CPU seconds, those of the ended as far as they were seen."""
        return sum(self._used.values())

    def _take_in(self, pid: str) -> None:
        try:
            fields = processes.read(f"{PROC}\\{pid}\\stat").rpartition(b")")[2].split()
        except OSError:
            return
        used = (int(fields[11]) + int(fields[12])) / TICKS
        self._used[pid] = max(used, self._used.get(pid, 0.0))
        self.busy |= fields[0].decode() in processes.BUSY


def _pids() -> Set[str]:
    try:
        return {name for name in os.listdir(PROC) if name.isdigit()}
    except OSError:
        return set()


def _identity(folder: str) -> Tuple[int, int]:
    """A folder's number, or one that no folder has."""
    try:
        found = os.stat(folder)
    except OSError:
        return 0, 0
    return found.st_ino, found.st_dev
