"""Whether a trial at rest will wake by itself: a thread sleeps, or waits with a time limit (Linux, two machines).

A program that sleeps for ten seconds looks like one that hangs. The kernel tells them apart: /proc/PID/task/TID/syscall
names the system call a thread waits in, and its arguments hold the time limit or none. Where that cannot be read (no /proc,
another machine, no permission) every wait may end: rest alone then ends no trial before its deadline.

A main thread's time limit always counts: it may be at work in small steps. A helper thread's does not where it polls for
ever, that is, wakes again and again through a whole window while nothing comes of it.
"""

from __future__ import annotations

import os
from typing import Dict, List, NamedTuple, Tuple

from . import processes

ALWAYS, POINTER, MILLISECONDS = "always", "pointer", "milliseconds"
Rule = Tuple[str, int]
"""How the time limit is given, and in which argument."""

X86_64: Dict[int, Rule] = {
    35: (ALWAYS, 0),  # nanosleep
    230: (ALWAYS, 0),  # clock_nanosleep
    23: (POINTER, 4),  # select
    270: (POINTER, 4),  # pselect6
    7: (MILLISECONDS, 2),  # poll
    271: (POINTER, 2),  # ppoll
    232: (MILLISECONDS, 3),  # epoll_wait
    281: (MILLISECONDS, 3),  # epoll_pwait
    202: (POINTER, 3),  # futex
    220: (POINTER, 3),  # semtimedop
    128: (POINTER, 2),  # rt_sigtimedwait
}
AARCH64: Dict[int, Rule] = {
    101: (ALWAYS, 0),  # nanosleep
    115: (ALWAYS, 0),  # clock_nanosleep
    72: (POINTER, 4),  # pselect6
    73: (POINTER, 2),  # ppoll
    22: (MILLISECONDS, 3),  # epoll_pwait
    98: (POINTER, 3),  # futex
    192: (POINTER, 3),  # semtimedop
    137: (POINTER, 2),  # rt_sigtimedwait
}
TABLES = {"x86_64": X86_64, "amd64": X86_64, "aarch64": AARCH64, "arm64": AARCH64}
POLLS = 6
"""Wakes in a window that make a helper thread's waits a poll."""


class Mark(NamedTuple):
    """A helper thread, when its latest window began."""

    time: float
    wakes: int
    polls: bool
    """Whether it polled in the window before."""


class Waits:
    """Looks at the waits of one trial's processes whenever all of them are at rest."""

    def __init__(self, quiet: float) -> None:
        self._quiet = quiet
        self._table = TABLES.get(os.uname().machine) if processes.HAS_PROC else None
        self._asked = 0.0
        self._marks: Dict[str, Mark] = {}

    def will_end(self, pids: List[int], now: float) -> bool:
        """Whether a thread of these processes is in a wait that ends by itself and is no poll; true where it is not known.

        `now` is in seconds. Nobody asks while a process does something: after a gap all polls are watched afresh.
        """
        if self._table is None:
            return True
        if now - self._asked >= self._quiet:
            self._marks.clear()
        self._asked = now
        if any(self._has_limit(f"/proc/{pid}/syscall") for pid in pids):
            return True
        return any(self._helper_will_wake(pid, now) for pid in pids)

    def _has_limit(self, path: str) -> bool:
        try:
            text = processes.read(path).decode()
        except OSError:
            return True  # it has just ended, and something happens; or it may not be read
        return has_limit(text, self._table or {})

    def _helper_will_wake(self, pid: int, now: float) -> bool:
        """Whether a thread beside the main one has a time limit and does not poll."""
        folder = f"/proc/{pid}/task"
        try:
            threads = [f"{folder}/{name}" for name in os.listdir(folder) if name != str(pid)]
        except OSError:
            return True
        return any(self._has_limit(thread + "/syscall") and not self._polls(thread, now) for thread in threads)

    def _polls(self, thread: str, now: float) -> bool:
        """Whether it woke again and again in the last full window since it was first looked at."""
        count = _wakes(thread)
        mark = self._marks.setdefault(thread, Mark(now, count, False))
        if now - mark.time >= self._quiet:
            mark = self._marks[thread] = Mark(now, count, count - mark.wakes >= POLLS)
        return mark.polls


def _wakes(thread: str) -> int:
    """How often it has gone to sleep so far; 0 where that cannot be read."""
    try:
        text = processes.read(thread + "/status")
    except OSError:
        return 0
    _, _, after = text.partition(b"\nvoluntary_ctxt_switches:")
    return int((after.split(None, 1) or [b"0"])[0])


def has_limit(text: str, table: Dict[int, Rule]) -> bool:
    """Read the line of /proc/PID/syscall: the call's number and six arguments in hexadecimal."""
    words = text.split()
    if len(words) < 7 or not words[0].isdigit() or int(words[0]) not in table:
        return words[:1] == ["running"]
    kind, index = table[int(words[0])]
    value = int(words[1 + index], 16)
    if kind == MILLISECONDS:
        return value & 0xFFFFFFFF < 0x80000000
    return kind == ALWAYS or value != 0
