"""The check on speed: `speed-up`, against the serial sum or a greedy list schedule of the declared durations.

The declared durations are the yardstick, not the measured ones, which a fault may have stretched too. A trial that
falls short while the machine was busy with something else, or whose tasks took much longer than declared, is undecided:
load is never a verdict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta

from .base import Events, Measured, Observation, Selector, no_verdict, refuse_field, selector

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mpref.history import Event, History
    from mpref.judge.scenario import Scenario

STRETCH = 1.25
"""A task that took longer than this times its declared duration was held up by load."""

NEIGHBOURS = 0.25
"""Cores' worth of other work beyond which a trial cannot prove a lack of speed."""


class Task(msgspec.Struct, frozen=True):
    """One task as measured; seconds since the first start."""

    index: int
    pid: int
    start: float
    end: float


def greedy_schedule(durations: Sequence[float], workers: int, release: Sequence[float] = ()) -> float:
    """When the last task ends, if each in its turn goes to the worker that is free first.

    `durations` in seconds, in the order of dispatch; `release` gives the times at which workers arrive (the rest are
    there at 0). Raises ValueError for less than one worker.
    """
    if workers < 1:
        raise ValueError(f"{workers} workers cannot do anything")
    free = [*release[:workers], *[0.0] * (workers - len(release))]
    ends = [0.0]
    for duration in durations:
        worker = free.index(min(free))
        free[worker] += duration
        ends.append(free[worker])
    return max(ends)


class SpeedUp(Measured, frozen=True, kw_only=True, tag="speed-up"):
    """The makespan, from the first start to the last end, compared with the serial sum or with a greedy schedule."""

    start: Events
    end: Events
    by: Annotated[str, Meta(description="The field that holds a task's index in `durations`.")] = "task"
    against: Annotated[Literal["serial", "greedy"], Meta(description="What the makespan is compared with.")]
    workers: Annotated[Annotated[int, Meta(ge=1)] | None, Meta(description="greedy: how many workers there are.")] = (
        None
    )
    least: Annotated[
        Annotated[float, Meta(gt=0)] | None, Meta(description="serial: the ratio serial sum / makespan, at least.")
    ] = None
    most: Annotated[
        Annotated[float, Meta(gt=0)] | None, Meta(description="greedy: the ratio makespan / schedule, at most.")
    ] = None

    def selectors(self) -> dict[str, Selector]:
        return {"start": selector(self.start), "end": selector(self.end)}

    def problem(self) -> str:
        serial = self.against == "serial"
        if serial and (self.least is None or self.most is not None or self.workers is not None):
            return "against serial it takes `least` alone (the serial sum over the makespan)"
        if not serial and (self.most is None or self.least is not None or self.workers is None):
            return "against greedy it takes `workers` and `most` (the makespan over the schedule's)"
        return refuse_field(self.selectors())

    def observe(self, history: History, scenario: Scenario) -> Observation:
        """What one trial shows, by the scenario's declared durations."""
        return no_verdict(history) or self._compare(history, scenario.durations)

    def _compare(self, history: History, durations: tuple[float, ...]) -> Observation:
        start, end = selector(self.start), selector(self.end)
        missing = start.absent(history, self.by) + end.absent(history, self.by)
        if missing:
            return Observation(False, f"no {', '.join(missing)}", missing)
        tasks = _tasks(start.events(history), end.events(history), self.by, len(durations))
        if tasks is None:
            return Observation(False, "the tasks are not those declared, each once")
        ratio = self._ratio(tasks, durations)
        if ratio >= self.least if self.least is not None else ratio <= (self.most or 0):
            return Observation(True, f"fast enough against {self.against}", ratio=ratio)
        if _held_up(tasks, durations) or (history.neighbours or 0.0) > NEIGHBOURS:
            return Observation(None, "too slow beside other load", ratio=ratio)
        return Observation(False, f"too slow against {self.against}", ratio=ratio)

    def _ratio(self, tasks: list[Task], durations: tuple[float, ...]) -> float:
        """The serial sum over the makespan, or the makespan over that of the schedule."""
        makespan = max(1e-9, *(task.end for task in tasks))
        if self.least is not None:
            return sum(durations) / makespan
        return makespan / greedy_schedule(durations, self.workers or 1, _releases(tasks))


def _tasks(starts: Sequence[Event], ends: Sequence[Event], by: str, number: int) -> list[Task] | None:
    """The tasks by index; None unless each of `number` starts once and ends once."""
    indexes = [event.value(by) for event in starts]
    if any(type(index) is not int for index in indexes) or sorted(indexes) != list(range(number)):
        return None
    ending = {event.value(by): event.time for event in ends if type(event.value(by)) is int}
    if len(ends) != number or sorted(ending) != list(range(number)):
        return None
    zero = min(event.time for event in starts)
    return [
        Task(event.value(by), event.pid, (event.time - zero) / 1e9, (ending[event.value(by)] - zero) / 1e9)
        for event in starts
    ]


def _releases(tasks: list[Task]) -> list[float]:
    """When each worker that did anything started its first task: spawned workers arrive late."""
    first: dict[int, float] = {}
    for task in tasks:
        first[task.pid] = min(task.start, first.get(task.pid, task.start))
    return sorted(first.values())


def _held_up(tasks: list[Task], durations: tuple[float, ...]) -> bool:
    return any(task.end - task.start > STRETCH * durations[task.index] for task in tasks)
