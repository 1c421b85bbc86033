"""Blocked, endless and slow, on samples with a clock of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpref.record.supervisor.watch import Bounds, Judgement, Sample, Watch, too_much_output

if TYPE_CHECKING:
    from collections.abc import Callable

BOUNDS = Bounds(deadline=20.0, quiet=3.0, cpu=10.0, processes=64, output=1000)
STEP = 0.2
CALM = Sample(time=0.0, cpu=0.05, busy=0, live=2, created=2, activity=10)


def never() -> bool:
    return False


def always() -> bool:
    return True


def follow(
    at: Callable[[float], Sample],
    *,
    until: float = 100.0,
    will_wake: Callable[[], bool] = never,
    bounds: Bounds = BOUNDS,
    enforced: bool = True,
) -> tuple[Judgement | None, float]:
    """The judgement and its time, of a trial whose sample at a time is given."""
    watch = Watch(bounds, 0.0, enforced=enforced)
    time = 0.1
    while time < until:
        judgement = watch.look(at(time)._replace(time=time), will_wake)
        if judgement is not None:
            return judgement, time
        time += STEP
    return None, time


def calm(time: float) -> Sample:
    return CALM


def ending(found: tuple[Judgement | None, float]) -> str:
    return found[0].ending if found[0] else "none"


def test_rest_for_a_window_is_blocked() -> None:
    """A trial that does nothing for the quiet window is ended soon after it, long before its deadline."""
    found, time = follow(calm)
    assert found is not None
    assert found.ending == "blocked"
    assert 3.0 <= time < 4.0


def test_a_wait_that_ends_is_left_alone_until_the_deadline() -> None:
    """Where a process will wake by itself, rest is judged at the deadline only."""
    found, time = follow(calm, will_wake=always)
    assert found is not None
    assert (found.ending, "deadline" in found.reason) == ("blocked", True)
    assert 20.0 <= time < 21.0


def test_one_sample_alone_does_not_block() -> None:
    """A process that wakes in the midst of a sample has moved by the next one."""
    answers = iter([False, True])
    assert follow(calm, will_wake=lambda: next(answers, True), until=19)[0] is None


@pytest.mark.parametrize(
    "life",
    [
        lambda time: CALM._replace(busy=int(time / STEP) % 5 == 0),
        lambda time: CALM._replace(cpu=0.05 + 0.01 * time),
        lambda time: CALM._replace(created=2 + int(time / 2.5)),
        lambda time: CALM._replace(activity=10 + int(time / 2.5)),
    ],
    ids=["ready to run", "uses CPU", "creates", "writes"],
)
def test_any_sign_of_life_is_not_rest(life: Callable[[float], Sample]) -> None:
    """A process that is ready to run, CPU above half a percent, a new process, a byte of output: slow, never blocked."""
    found, time = follow(life)
    assert found is not None
    assert found.ending == "slow"
    assert 60.0 <= time < 61.0


def test_the_end_is_no_rest() -> None:
    """A trial whose processes are all gone, and whose exit is not yet noticed, is not blocked."""
    assert follow(lambda _: CALM._replace(live=0), until=19)[0] is None


def test_a_gap_starts_the_window_afresh() -> None:
    """When the supervisor itself did not run for a while, it knows nothing of that while."""
    watch = Watch(BOUNDS, 0.0)
    for time in (0.1, 0.3, 0.5, 0.7, 0.9, 1.1, 9.0, 9.2, 9.4):
        assert watch.look(CALM._replace(time=time), never) is None


def test_rest_after_work_is_measured_from_its_beginning() -> None:
    """A hang after ten seconds of work is found a window later."""
    found, time = follow(lambda time: CALM._replace(busy=int(time < 10), cpu=min(time, 10.0) / 2))
    assert found is not None
    assert found.ending == "blocked"
    assert 13.0 <= time < 14.0


def test_more_cpu_than_allowed_is_endless() -> None:
    """CPU is counted, not time: at half a core the allowance is used up at twice its seconds."""
    found, time = follow(lambda time: CALM._replace(cpu=time / 2, busy=1))
    assert found is not None
    assert found.ending == "endless"
    assert 20.0 <= time < 20.5


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, True),
        ({"created": 16}, True),
        ({"created": 17}, False),
        ({"refused": 1}, False),
    ],
)
def test_a_loop_is_asked_where_it_hangs(change: dict[str, int], expected: bool) -> None:
    """Burning CPU in a few processes, none of them new, is a hang; many, or one that was refused, is a bomb."""
    found, _ = follow(lambda time: CALM._replace(cpu=time, busy=1, **change))
    assert found is not None
    assert (found.ending, found.is_hang) == ("endless", expected)


def test_a_bomb_is_never_asked() -> None:
    """New processes all the time, too many of them, or too much output."""
    for life in (
        lambda time: CALM._replace(cpu=5 * time, created=2 + int(time / STEP)),
        lambda time: CALM._replace(created=2 + int(time * 100)),
        lambda time: CALM._replace(refused=int(time * 50), busy=1),
    ):
        found, _ = follow(life)
        assert found is not None
        assert (found.ending, found.is_hang) == ("endless", False)
    flood = too_much_output(1001, BOUNDS)
    assert flood is not None
    assert not flood.is_hang


def test_a_starved_burner_is_slow() -> None:
    """With next to no CPU because of load, it is neither blocked nor endless."""
    assert ending(follow(lambda time: CALM._replace(cpu=time / 1000, busy=1))) == "slow"


def test_too_many_processes_seen_is_endless() -> None:
    """More than four times the limit in all, though never many at once."""
    found, time = follow(lambda time: CALM._replace(created=2 + int(time * 100)))
    assert found is not None
    assert found.ending == "endless"
    assert time < 3.0


def test_going_on_at_the_limit_is_endless() -> None:
    """A limit that refuses again and again means endless; one that refused once does not."""
    assert ending(follow(lambda time: CALM._replace(refused=int(time * 50), busy=1))) == "endless"
    assert ending(follow(lambda time: CALM._replace(refused=int(time > 1), busy=1))) == "slow"


def test_where_nothing_limits_processes_the_watch_does() -> None:
    """More than the limit at once is endless there, and only there."""
    crowd = CALM._replace(live=65, busy=1)
    found, _ = follow(lambda _: crowd, enforced=False)
    assert found is not None
    assert (found.ending, found.crowded) == ("endless", True)
    assert ending(follow(lambda _: crowd)) == "slow"


def test_output_beyond_its_cap_is_endless() -> None:
    """The cap itself is allowed."""
    assert too_much_output(1000, BOUNDS) is None
    found = too_much_output(1001, BOUNDS)
    assert found is not None
    assert found.ending == "endless"


@given(st.lists(st.tuples(st.booleans(), st.floats(0.05, 5.0)), min_size=1, max_size=60))
def test_who_is_always_ready_to_run_is_never_blocked(steps: list[tuple[bool, float]]) -> None:
    """Whatever the gaps between samples, a trial with a process that wants CPU is not blocked."""
    watch, time = Watch(BOUNDS, 0.0), 0.0
    for wakes, pause in steps:
        time += pause
        found = watch.look(CALM._replace(time=time, busy=1), lambda wakes=wakes: wakes)  # type: ignore[misc]
        assert found is None or found.ending == "slow"
        if found is not None:
            return


@given(st.floats(0.3, 30.0), st.floats(1.0, 60.0))
def test_no_window_is_shorter_than_quiet(quiet: float, deadline: float) -> None:
    """Blocked is never said before the quiet window is over."""
    found, time = follow(calm, bounds=BOUNDS._replace(quiet=quiet, deadline=deadline), until=200)
    assert found is not None
    assert time >= min(quiet, 3 * deadline)
