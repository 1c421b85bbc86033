"""Measures by spinning how many cores' worth of work this machine gives right now: affinity, quotas and neighbours included."""

from __future__ import annotations

import os
import struct
import time
from typing import List, Optional, Tuple

from . import priority

SPIN = 0.2
"""Seconds for which is spun, once alone and once on all processors at once: two periods of a quota (0.1 s each)."""
BATCH = 2000
STILL = 0.1
"""Seconds for which what was measured is so: just after one trial is just before the next."""


class Cores:
    """What the machine gives, measured around each of the trials that follow each other."""

    def __init__(self) -> None:
        self._known: Optional[float] = None
        self._at = float("-inf")

    def before(self) -> Optional[float]:
        """What it gives just before a trial, as `usable_cores` says."""
        return self._known if time.monotonic() < self._at + STILL else self.after()

    def after(self) -> Optional[float]:
        """What it gives just after a trial, as `usable_cores` says."""
        self._known = usable_cores()
        self._at = time.monotonic()
        return self._known


def usable_cores() -> Optional[float]:
    """Work done by one spinning process a usable processor, over that of one alone; None where processes cannot be forked."""
    if not hasattr(os, "fork"):
        return None
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    (alone,) = _spun(1)
    together = _spun(count) if count > 1 else [alone]
    return round(sum(together) / alone, 2) if alone else None


def _spun(count: int) -> List[int]:
    """Rounds that each of so many processes came to do at the same time."""
    begin = time.monotonic() + 0.005 * count
    started = [_start(begin) for _ in range(count)]
    return [_read(pid, pipe) for pid, pipe in started]


def _start(begin: float) -> Tuple[int, int]:
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid:
        os.close(theirs)
        return pid, ours
    try:
        priority.give_back()
        rounds = 0
        while time.monotonic() < begin:
            pass
        while time.monotonic() < begin + SPIN:
            rounds += sum(1 for _ in range(BATCH)) // BATCH
        os.write(theirs, struct.pack("!q", rounds))
    finally:
        os._exit(0)


def _read(pid: int, pipe: int) -> int:
    data = os.read(pipe, 8)
    os.close(pipe)
    os.waitpid(pid, 0)
    return int(struct.unpack("!q", data)[0]) if len(data) == 8 else 0
