"""Carries out what a regime does to a trial from outside: one processor, busy neighbours, the end of a pause.

A regime is a word, with a label behind a colon where it is about an event: `pause:child-runs`. The rest is done by the program's
own processes, as the order's variables say: they delay and stop themselves, and read their hash seed.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import Any, Dict, List

from . import events
from .order import CannotStart, Order

PAUSE = 0.2
"""Seconds for which a process that has stopped itself stays so."""
LOOK = 0.003
"""Seconds between looks for the event behind which a process stops."""
NEIGHBOURS = 1
"""Busy processes on the one processor of a trial under load."""
NEIGHBOUR = """
import os, sys, time
parent, until = int(sys.argv[2]), time.monotonic() + float(sys.argv[1])
while os.getppid() == parent and time.monotonic() < until:
    spun = time.monotonic() + 0.002
    while time.monotonic() < spun:
        pass
    time.sleep(0.008)
"""
"""A busy process: it ends with the supervisor, however that dies, or when its time is over.

It takes the processor again and again, and leaves it to the trial in between: one that never rested took a tenth of a run's CPU.
"""


class Provocation:
    """What is done to one trial; does nothing unless its regime says so. `end` it when the trial has ended."""

    look = float("inf")
    """Seconds between steps that it needs."""

    def __init__(self, order: Order, folder: str) -> None:
        self._name, _, self._label = order.regime.partition(":")
        self._folder = folder
        self._seed = order.seed
        self._stopped: Dict[int, float] = {}
        self._neighbours: List[Any] = []
        if self._name == "load":
            self._crowd(4 * order.deadline)
        if self._name == "pause":
            self.look = LOOK

    def place(self, pid: int) -> None:
        """Before the process becomes the program: give it one processor, and its neighbours the same. Raises CannotStart."""
        if self._name not in ("one-cpu", "load"):
            return
        if not hasattr(os, "sched_setaffinity"):
            raise CannotStart("processes cannot be pinned to a processor here")
        usable = sorted(os.sched_getaffinity(0))
        for one in [pid] + [neighbour.pid for neighbour in self._neighbours]:
            os.sched_setaffinity(one, {usable[self._seed % len(usable)]})

    def step(self) -> None:
        """Let a process that has stopped itself after the event go on, when its pause is over."""
        if self._name != "pause":
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
            neighbour.kill()
            neighbour.wait()
        self._neighbours.clear()

    def _go_on(self, pid: int) -> None:
        """Again and again, for a starved process may come to stop itself only after the first time."""
        try:
            os.kill(pid, signal.SIGCONT)
        except OSError:
            return

    def _crowd(self, seconds: float) -> None:
        import subprocess  # not before it is needed: a lean supervisor forks fast

        command = [sys.executable, "-S", "-E", "-c", NEIGHBOUR, str(seconds), str(os.getpid())]
        for _ in range(NEIGHBOURS):
            self._neighbours.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL))
