"""The supervisor's own priority, where nothing but its looking holds a bomb: one among thousands, it would not get to look.

Only root may take it, and only root needs it: other users' processes are limited by the system. A nice value would not do
alone: Linux shares the processors among sessions first (sched_autogroup), and a bomb's session counts as much as ours.
"""

from __future__ import annotations

import os
from typing import List

FIRST = -20
_usual: List[int] = []
"""The nice value that it had before it took precedence; empty where it did not."""


def take() -> None:
    """From now on before all others, as far as that is allowed: by a real-time policy, or else by the nice value."""
    usual = os.getpriority(os.PRIO_PROCESS, 0)
    try:
        os.setpriority(os.PRIO_PROCESS, 0, FIRST)
    except OSError:
        return
    _usual.append(usual)
    if hasattr(os, "sched_setscheduler") and hasattr(os, "SCHED_RESET_ON_FORK"):  # PyPy and FreeBSD have no such flag
        try:
            os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(1))
        except OSError:
            return


def give_back() -> None:
    """In a process that was forked, which is to be like any other: the system has set back the policy, to nice value 0."""
    if _usual:
        os.setpriority(os.PRIO_PROCESS, 0, _usual[0])
