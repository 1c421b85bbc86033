"""Carries out what a regime does to a trial from outside: one processor, busy neighbours, the end of a pause.

A regime is a word, with a label behind a colon where it is about an event: `pause:child-runs`; or several of them, with `+`
in between: `load+pause:child-runs`. The rest is done by the program's own processes, as the order's variables say: they delay
and stop themselves, and read their hash seed.
"""

from __future__ import annotations

import os
import signal
import time
from typing import Dict, List

from . import events, priority
from .order import CannotStart, Order

PAUSE = 0.2
"""Seconds for which a process that has stopped itself stays so."""
LOOK = 0.01
"""Seconds between looks for the event behind which a process stops."""
NEIGHBOURS = 1
"""Busy processes on the one processor of a trial under load."""
BUSY, IDLE = 0.0001, 0.0099
"""Seconds for which a neighbour is busy, and then not: as it comes to take the processor, it interrupts whoever has it.

It is the 100 interruptions a second that tell, not how long each lasts: a neighbour that never rested took a tenth of a
whole run's CPU.
"""


class Provocation:
    """What is done to one trial; does nothing unless its regime says so. `end` it when the trial has ended."""

    look = float("inf")
    """Seconds between steps that it needs."""

    def __init__(self, order: Order, folder: str) -> None:
        labels = dict(part.partition(":")[::2] for part in order.regime.split("+"))
        self._names = frozenset(labels)
        self._label = labels.get("pause", "")
        """Behind which event a process stops."""
        self._folder = folder
        self._seed = order.seed
        self._stopped: Dict[int, float] = {}
        self._neighbours: List[int] = []
        if "load" in self._names and hasattr(os, "sched_setaffinity"):
            self._neighbours += [_neighbour(4 * order.deadline) for _ in range(NEIGHBOURS)]
        if "pause" in self._names:
            self.look = LOOK

    def place(self, pid: int) -> None:
        """Before the process becomes the program: give it one processor, and its neighbours the same. Raises CannotStart."""
        if "one-cpu" not in self._names and "load" not in self._names:
            return
        if not hasattr(os, "sched_setaffinity"):
            raise CannotStart("processes cannot be pinned to a processor here")
        usable = sorted(os.sched_getaffinity(0))
        for one in [pid, *self._neighbours]:
            os.sched_setaffinity(one, {usable[self._seed % len(usable)]})

    def step(self) -> None:
        """Let a process that has stopped itself after the event go on, when its pause is over."""
        if "pause" not in self._names:
            return
        now = time.monotonic()
        for pid in events.recorders(self._folder, self._label):
            if now >= self._stopped.setdefault(pid, now) + PAUSE:
                self._go_on(pid)

    def end(self) -> None:
        """Nobody stays stopped, no neighbour stays."""
        for pid in self._stopped:
            self._go_on(pid)
        for neighbour in self._neighbours:
            os.kill(neighbour, signal.SIGKILL)
            os.waitpid(neighbour, 0)
        self._neighbours.clear()

    def _go_on(self, pid: int) -> None:
        """Again and again, for a starved process may come to stop itself only after the first time."""
        try:
            os.kill(pid, signal.SIGCONT)
        except OSError:
            return


def _neighbour(seconds: float) -> int:
    """Forks a busy process, its pid. It ends with the supervisor, however that dies, or when its time is over.

    It keeps none of the supervisor's descriptors: who waits for one to be closed does not wait for it.
    """
    from .starter import MOST_DESCRIPTORS  # which is not for import where nothing forks

    parent, until = os.getpid(), time.monotonic() + seconds
    pid = os.fork()
    if pid:
        return pid
    try:
        priority.give_back()
        signal.set_wakeup_fd(-1)
        os.closerange(0, MOST_DESCRIPTORS)
        while os.getppid() == parent and time.monotonic() < until:
            busy = time.monotonic() + BUSY
            while time.monotonic() < busy:
                pass
            time.sleep(IDLE)
    finally:
        os._exit(0)
