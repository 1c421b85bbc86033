"""Whether a process at rest will wake by itself: its main thread sleeps, or waits with a time limit (Linux, two machines).

A program that sleeps for ten seconds looks like one that hangs. The kernel tells them apart: /proc/PID/syscall names the
system call a process waits in, and its arguments hold the time limit or none. Where it cannot be read, no wait has one.
"""

from __future__ import annotations

import os
from typing import Dict, Tuple

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


def will_wake(pid: int) -> bool:
    """Whether the process's main thread is in a wait that ends by itself."""
    try:
        text = processes.read(f"/proc/{pid}/syscall").decode()
    except (FileNotFoundError, ProcessLookupError):
        return True  # it has just ended: something happens
    except OSError:
        return False
    return has_limit(text, TABLES.get(os.uname().machine, {}))


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
