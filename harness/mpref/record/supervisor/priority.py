"""The supervisor's own priority, where nothing but its looking holds a bomb: one among thousands, it would not get to look.

Only root may take it, and only root needs it: other users' processes are limited by the system.
"""

from __future__ import annotations

import os
from typing import List

FIRST = -20
_usual: List[int] = []
"""What it was before it took precedence; empty where it did not."""


def take() -> None:
    """From now on before all others, where that is allowed."""
    try:
        usual = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, 0, FIRST)
    except OSError:
        return
    _usual.append(usual)


def give_back() -> None:
    """In a process that was forked, which is to be like any other."""
    if _usual:
        os.setpriority(os.PRIO_PROCESS, 0, _usual[0])
