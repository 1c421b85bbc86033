"""How a trial is ended that does not end by itself: each ending has its own escalation, and each ends with a kill.

- a hang (`blocked`, or `endless` by the CPU of a few processes): all are stopped; then one after the other, the program
  first, is sent SIGABRT and released, so that faulthandler writes the stack it hung in, undisturbed by the others; then
  SIGTERM, then kill.
- `slow`, `interrupted`: SIGINT to the program, SIGTERM to all, kill.
- any other `endless`: freeze and kill at once: nothing milder ends a bomb.
"""

from __future__ import annotations

import time
from functools import partial
from typing import Callable

from .host import RunningTrial
from .watch import Judgement

DUMPING = 1.0
"""Seconds for all dumps together."""
PATIENCE = 0.5
"""Seconds after each milder step."""


def end(running: RunningTrial, judgement: Judgement) -> bool:
    """End all its processes; whether none is left."""
    if judgement.is_hang:
        _dump_all(running)
        _wait(running, PATIENCE)  # the resource tracker, alone now, clears up what the others left
        _terminate(running)
    elif judgement.ending != "endless":
        running.interrupt()
        _wait(running, PATIENCE)
        _terminate(running)
    return running.kill()


def _terminate(running: RunningTrial) -> None:
    if running.any_left():
        running.terminate()
        _wait(running, PATIENCE)


def _dump_all(running: RunningTrial) -> None:
    """Each process's stack, headed by its pid and role, in the capture that stderr goes to."""
    until = time.monotonic() + DUMPING
    for pid, role in running.dump_order():
        running.stderr.drain()
        running.stderr.capture.feed(f"--- {role} {pid} ---\n".encode())
        running.dump(pid)
        _until(running, partial(_is_gone, running, pid), until)
    running.stderr.drain()


def _is_gone(running: RunningTrial, pid: int) -> bool:
    return not running.is_alive(pid)


def _wait(running: RunningTrial, seconds: float) -> None:
    _until(running, lambda: not running.any_left(), time.monotonic() + seconds)


def _until(running: RunningTrial, true: Callable[[], bool], until: float) -> None:
    """Take in output until something is true or the time is over, looking ever more seldom."""
    pause = 0.001
    while not true() and time.monotonic() < until:
        running.wait(pause)
        pause = min(0.05, pause * 2)
