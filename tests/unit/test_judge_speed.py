"""The check on speed and its yardstick, the greedy list schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judge_fakes import event, expectation, history, observe

from mpref.judge.checks import greedy_schedule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mpref.history import Event

ARTICLE = (4.72, 3.80, 1.74, 4.90, 4.53, 2.73, 2.76)
SECOND = 10**9
lengths = st.lists(st.floats(0.001, 100), min_size=1, max_size=12)


def run(
    durations: Sequence[float], workers: int, *, stretch: float = 1.0, late: Sequence[float] = (), gap: float = 0.0
):
    """The events of a pool that dispatches greedily; each task takes `stretch` times its length, with a gap before it."""
    free = [*late, *[0.0] * (workers - len(late))]
    events = []
    for index, duration in enumerate(durations):
        worker = free.index(min(free))
        start = free[worker] + gap
        free[worker] = start + duration * stretch
        events.append(event("task-start", 100 + worker, time=int(start * SECOND), task=index))
        events.append(event("task-end", 100 + worker, time=int(free[worker] * SECOND), task=index))
    return events


class TestSchedule:
    def test_the_articles_figure(self):
        """The article's seven durations on four workers take 7.48 s."""
        assert greedy_schedule(ARTICLE, 4) == pytest.approx(7.48)

    @given(lengths, st.integers(1, 6))
    def test_bounds(self, durations: Sequence[float], workers: int):
        """A schedule is no shorter than its longest task or an even share, and no longer than one worker's."""
        makespan = greedy_schedule(durations, workers)
        total = sum(durations)
        assert max(durations) <= makespan <= total * (1 + 1e-9)
        assert makespan * workers >= total * (1 - 1e-9)

    @given(lengths, st.lists(st.floats(0, 10), min_size=1, max_size=6))
    def test_late_workers_delay_by_no_more_than_they_are_late(
        self, durations: Sequence[float], release: Sequence[float]
    ):
        """A worker that arrives late costs at most its lateness, and waiting for none helps."""
        on_time = greedy_schedule(durations, len(release))
        late = greedy_schedule(durations, len(release), release)
        assert late <= on_time + max(release) + max(durations) + 1e-9
        assert greedy_schedule(durations, len(release), [0.0] * len(release)) == on_time

    def test_no_worker(self):
        """Nobody can do nothing."""
        with pytest.raises(ValueError, match="0 workers"):
            greedy_schedule([1.0], 0)


class TestGreedy:
    check = expectation("speed-up", start="task-start", end="task-end", against="greedy", workers=4, most=1.15)

    def seen(self, events: list[Event], **changes: Any):
        return observe(self.check, history(*events, **changes), durations=ARTICLE)

    def test_a_pool_that_works_in_parallel_holds(self):
        """A greedy pool with little overhead is fast enough, late workers included."""
        assert self.seen(run(ARTICLE, 4, gap=0.02)).holds is True
        assert self.seen(run(ARTICLE, 4, late=(0.0, 4.0, 4.0, 4.0))).holds is True

    @pytest.mark.parametrize("workers", [1, 2])
    def test_a_pool_with_fewer_workers_is_caught(self, workers: int):
        """A planted violation: a pool of four that uses one or two."""
        assert self.seen(run(ARTICLE, workers)).holds is False

    def test_load_is_never_a_verdict(self):
        """Too slow beside busy neighbours, or with stretched tasks, is undecided; fast enough is fast enough."""
        assert self.seen(run(ARTICLE, 1), neighbours=0.5).holds is None
        assert self.seen(run(ARTICLE, 4, stretch=1.3)).holds is None
        assert self.seen(run(ARTICLE, 4), neighbours=0.5).holds is True

    def test_tasks_must_be_those_declared(self):
        """A task that is lost or runs twice is no speed-up."""
        events = run(ARTICLE, 4)
        assert self.seen(events[:-2]).holds is False
        assert self.seen([*events, event("task-start", task=0), event("task-end", task=0)]).holds is False
        assert self.seen([]).missing == ("task-start", "task-end")


class TestSerial:
    check = expectation("speed-up", start="task-start", end="task-end", against="serial", least=1.5)

    def test_serial_work_is_caught(self):
        """A planted violation: one worker does it all."""
        assert observe(self.check, history(*run((1.0, 1.0), 2)), durations=(1.0, 1.0)).holds is True
        seen = observe(self.check, history(*run((1.0, 1.0), 1)), durations=(1.0, 1.0))
        assert (seen.holds, seen.outcome) == (False, "too slow against serial")
