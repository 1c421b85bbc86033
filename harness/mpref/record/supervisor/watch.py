"""Is a trial that has not ended yet blocked, endless, or only slow? Pure: samples in, a judgement out; time is in the samples.

Load must never be a verdict. So CPU is counted, not time; a process that would run if it got a core is not at rest; a gap
between two samples (the supervisor itself was starved) starts the window afresh; and at the deadline a trial that gets on
is given up to three times as long.
"""

from __future__ import annotations

from typing import Callable, List, NamedTuple, Optional

FIRST_LOOK = 0.1
"""Seconds before the first sample: a short trial is not looked at."""
IDLE_SHARE = 0.005
"""Of one core: a trial that uses less over its window is at rest."""
STRETCH = 3.0
"""By how much load may stretch the deadline."""
TOO_MANY_PROCESSES = 4
"""Times the limit on processes, seen in all."""
TOO_FEW_PROCESSES = 4
"""Times the processes seen in all, within the limit: no bomb."""
REFUSALS = 10
"""In how many samples the limit must have refused another process."""
FEWEST = 6
"""Samples that a window needs."""
CONFIRMED = 2
"""Samples in succession that must find a trial blocked."""


class Sample(NamedTuple):
    """A trial at one moment."""

    time: float
    cpu: float
    """CPU seconds used by all its processes so far (where it cannot be known exactly, what was seen)."""
    busy: int
    """Processes that run or would run if they got a core."""
    live: int
    created: int
    activity: int
    """Bytes of output and of events so far."""
    refused: int = 0
    """How often the limit on processes refused one so far."""


class Bounds(NamedTuple):
    """What a trial is allowed."""

    deadline: float
    quiet: float
    cpu: float
    processes: int
    output: int


class Judgement(NamedTuple):
    """How the supervisor ends a trial, and why, in one sentence."""

    ending: str
    reason: str
    crowded: bool = False
    """Whether it had more processes than it may, where nobody refused them."""
    settled: bool = False
    """Whether it burns CPU in a few processes and makes no new ones: an endless loop, no bomb."""

    @property
    def is_hang(self) -> bool:
        """Whether it is worth asking, and harmless to ask, where it hangs."""
        return self.ending == "blocked" or self.settled


class Watch:
    """Follows one trial from its start."""

    def __init__(self, bounds: Bounds, started: float, enforced: bool = True) -> None:
        self.bounds = bounds
        self.started = started
        self.enforced = enforced
        """Whether the system itself limits the number of processes; if not, being over it ends the trial."""
        self.interval = min(0.5, max(0.1, bounds.quiet / 15))
        self._window: List[Sample] = []
        self._refused = 0
        self._created = 0
        self._refusals = 0
        self._doubts = 0

    def look(self, sample: Sample, will_wake: Callable[[], bool]) -> Optional[Judgement]:
        """Take in the next sample; a judgement where the trial is to be ended now.

        `will_wake` tells whether a process of the trial waits with a time limit; it is asked only when all else is at rest.
        """
        endless = self._endless(sample)
        self._created = sample.created
        if endless is not None:
            return endless
        self._keep(sample)
        late = sample.time - self.started >= self.bounds.deadline
        if self._is_blocked(sample, late, will_wake):
            when = "at its deadline " if late else ""
            return Judgement("blocked", f"{when}no process had used CPU for {self.bounds.quiet:g} s")
        if sample.time - self.started >= STRETCH * self.bounds.deadline:
            return Judgement(
                "slow", f"still getting on at {STRETCH:g} times its deadline of {self.bounds.deadline:g} s"
            )
        return None

    def _is_blocked(self, sample: Sample, late: bool, will_wake: Callable[[], bool]) -> bool:
        """Two samples running must say so: a process that wakes in the midst of the first one has moved by the second."""
        if not self._at_rest(sample) or (not late and will_wake()):
            self._doubts = 0
            return False
        self._doubts += 1
        return self._doubts >= CONFIRMED

    def _endless(self, sample: Sample) -> Optional[Judgement]:
        bounds = self.bounds
        if sample.refused > self._refused:
            self._refusals += 1
            self._refused = sample.refused
        if not self.enforced and sample.live > bounds.processes:
            return Judgement("endless", f"had {sample.live} processes at once, not {bounds.processes}", crowded=True)
        if sample.cpu > bounds.cpu:
            reason = f"used {sample.cpu:.1f} s of CPU, more than its {bounds.cpu:g} s"
            return Judgement("endless", reason, settled=self._is_settled(sample))
        if sample.created > TOO_MANY_PROCESSES * bounds.processes:
            return Judgement("endless", f"created {sample.created} processes, {TOO_MANY_PROCESSES} times its limit")
        if self._refusals >= REFUSALS:
            return Judgement("endless", f"went on creating processes at its limit of {bounds.processes}")
        return None

    def _is_settled(self, sample: Sample) -> bool:
        few = TOO_FEW_PROCESSES * sample.created <= self.bounds.processes
        return few and sample.created == self._created and not sample.refused

    def _keep(self, sample: Sample) -> None:
        """Keep the samples of the quiet window; a sign of life or a gap empties it."""
        if self._window:
            last = self._window[-1]
            alive = sample.created != last.created or sample.activity != last.activity
            if alive or sample.time - last.time > 3 * self.interval:
                self._window.clear()
        if sample.busy or not sample.live:
            self._window.clear()
            return
        self._window.append(sample)
        while len(self._window) > 1 and sample.time - self._window[1].time >= self.bounds.quiet:
            del self._window[0]

    def _at_rest(self, sample: Sample) -> bool:
        if len(self._window) < FEWEST:
            return False
        first = self._window[0]
        span = sample.time - first.time
        return span >= self.bounds.quiet and sample.cpu - first.cpu < IDLE_SHARE * span


def too_much_output(size: int, bounds: Bounds) -> Optional[Judgement]:
    """A judgement where a trial has written more than it may."""
    if size <= bounds.output:
        return None
    return Judgement("endless", f"wrote {size} bytes, more than its {bounds.output}")
