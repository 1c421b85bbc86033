"""Carries out what a regime does to a trial from outside: one processor, busy neighbours, a pause. The rest is variables.

A regime is a word, with a label behind a colon where it is about an event: `pause:child-runs`. Delays and hash seeds need
nothing here: the program's own processes carry them out, as the order's variables say.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import Any, Dict, List, Set

from . import events
from .order import CannotStart, Order

PAUSE = 0.2
"""Seconds for which a process is stopped."""
LOOK = 0.003
"""Seconds between looks for the event that a pause waits for."""
NEIGHBOURS_A_CPU = 1
NEIGHBOUR = """
import os, sys, time
parent, until = os.getppid(), time.monotonic() + float(sys.argv[1])
while os.getppid() == parent and time.monotonic() < until:
    for _ in range(100000):
        pass
"""
"""A busy process: it ends with the supervisor, however that dies, or when its time is over."""


class Provocation:
    """What is done to one trial; does nothing unless its regime says so. `end` it when the trial has ended."""

    look = float("inf")
    """Seconds between steps that it needs."""

    def __init__(self, order: Order, folder: str) -> None:
        self._name, _, self._label = order.regime.partition(":")
        self._folder = folder
        self._seed = order.seed
        self._stopped: Dict[int, float] = {}
        self._known: Set[int] = set()
        self._neighbours: List[Any] = []
        if self._name == "load":
            self._crowd(4 * order.deadline)
        if self._name == "pause":
            self.look = LOOK

    def place(self, pid: int) -> None:
        """Before the process becomes the program: give it one processor. Raises CannotStart where that cannot be done."""
        if self._name != "one-cpu":
            return
        if not hasattr(os, "sched_setaffinity"):
            raise CannotStart("processes cannot be pinned to a processor here")
        usable = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(pid, {usable[self._seed % len(usable)]})

    def step(self) -> None:
        """Stop a process that has just recorded the event, once; let it go on when its pause is over."""
        if self._name != "pause":
            return
        now = time.monotonic()
        for pid, until in list(self._stopped.items()):
            if now >= until:
                self._go_on(pid)
        for pid in events.recorders(self._folder, self._label) - self._known:
            self._known.add(pid)
            if self._send(pid, "SIGSTOP"):
                self._stopped[pid] = now + PAUSE

    def end(self) -> None:
        """Nobody stays stopped, no neighbour stays."""
        for pid in list(self._stopped):
            self._go_on(pid)
        for neighbour in self._neighbours:
            neighbour.kill()
            neighbour.wait()
        self._neighbours.clear()

    def _go_on(self, pid: int) -> None:
        del self._stopped[pid]
        self._send(pid, "SIGCONT")

    def _send(self, pid: int, name: str) -> bool:
        try:
            os.kill(pid, getattr(signal, name))
        except (OSError, AttributeError):
            return False
        return True

    def _crowd(self, seconds: float) -> None:
        count = NEIGHBOURS_A_CPU * (os.cpu_count() or 1)
        command = [sys.executable, "-S", "-E", "-c", NEIGHBOUR, str(seconds)]
        for _ in range(count):
            self._neighbours.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL))
