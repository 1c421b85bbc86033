"""Regimes on real processes: each does what it says, and leaves nothing behind."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import psutil
import pytest
from supervising import Supervisor, eventually

from mpref.record.order import EVENT_PATH
from mpref.regime import Regime

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the program forks")


@pytest.fixture(scope="module")
def supervisor() -> Iterator[Supervisor]:
    """One for all tests: a regime must not outlast its trial."""
    with Supervisor() as found:
        yield found


def events(supervisor: Supervisor, regime: str, seed: int = 500) -> dict[str, Any]:
    """The events of one trial under a regime, by label."""
    environ = {"PYTHONPATH": str(EVENT_PATH), **Regime.from_text(regime).environ(seed)}
    history = supervisor.run("two_orders.py", regime=regime, seed=seed, environ=environ)
    assert (history["ending"], history["status"], history["regime"], history["seed"]) == ("exited", 0, regime, seed)
    return {event["label"]: event for event in history["events"]}


def first(seen: dict[str, Any]) -> str:
    """Who comes first after the fork."""
    return min(("child-runs", "parent-goes-on"), key=lambda label: seen[label]["time"])


def test_a_delay_brings_about_either_order(supervisor: Supervisor) -> None:
    """The one that is held up before its event comes second."""
    assert first(events(supervisor, "delay:child-runs")) == "parent-goes-on"
    assert first(events(supervisor, "delay:parent-goes-on")) == "child-runs"


def test_a_delay_holds_up_at_a_point(supervisor: Supervisor) -> None:
    """A point without an event is a place to be held up, too."""
    seen = events(supervisor, "delay:after-fork", seed=0)
    assert seen["parent-goes-on"]["time"] - seen["begins"]["time"] >= 0.15e9


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="no pinning here")
def test_one_cpu_pins_the_program_and_nothing_else(supervisor: Supervisor) -> None:
    """Under one-cpu the program may use one processor; the next trial all of them again."""
    assert events(supervisor, "one-cpu")["begins"]["fields"]["cpus"] == 1
    assert events(supervisor, "none")["begins"]["fields"]["cpus"] == len(os.sched_getaffinity(0))


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="no pinning here")
@pytest.mark.parametrize(
    ("regime", "late"), [("load+delay:child-runs", "child-runs"), ("load+pause:begins", "parent-goes-on")]
)
def test_load_comes_along(supervisor: Supervisor, regime: str, late: str) -> None:
    """What takes load along does both: the program has one processor, and who is held up comes late."""
    seen = events(supervisor, regime)
    assert seen["begins"]["fields"]["cpus"] == 1
    assert seen[late]["time"] - seen["begins"]["time"] >= 0.1e9


def test_a_pause_comes_along(supervisor: Supervisor) -> None:
    """What takes a pause along does both: the process stops after the one event, and then waits before the other."""
    seen = events(supervisor, "pause:begins+delay:parent-goes-on", seed=0)
    assert seen["parent-goes-on"]["time"] - seen["begins"]["time"] >= 0.3e9
    assert first(seen) == "child-runs"


def test_the_hash_seed_is_the_trials(supervisor: Supervisor) -> None:
    """Under hash-seed the interpreter gets the seed; otherwise none."""
    assert events(supervisor, "hash-seed", seed=77)["begins"]["fields"]["seed"] == "77"
    assert events(supervisor, "none")["begins"]["fields"]["seed"] == ""


def test_a_paused_process_comes_later(supervisor: Supervisor) -> None:
    """The process that recorded the event is stopped, and goes on: the other one overtakes it."""
    seen = events(supervisor, "pause:begins")
    assert seen["parent-goes-on"]["time"] - seen["begins"]["time"] >= 0.1e9
    seen = events(supervisor, "pause:parent-goes-on")
    assert seen["child-reaped"]["time"] - seen["parent-goes-on"]["time"] >= 0.1e9


ORPHAN = """
import os
from mpref_event import event
if os.fork() == 0:
    event("child-up")
    event("child-done")
os._exit(0)
"""


def test_a_pause_outlasts_the_program(supervisor: Supervisor) -> None:
    """A process that is paused when the program has ended already goes on, too, and is no leftover."""
    environ = {"PYTHONPATH": str(EVENT_PATH), **Regime.from_text("pause:child-up").environ(5)}
    history = supervisor.source(ORPHAN, regime="pause:child-up", seed=5, environ=environ)
    assert [event["label"] for event in history["events"]] == ["child-up", "child-done"]
    assert history["left_after_grace"] == []


def neighbours(supervisor: Supervisor) -> list[psutil.Process]:
    """The busy processes that a supervisor has forked: of its program and its session, and pinned as no other child of it is."""
    own = psutil.Process(supervisor.process.pid)
    session = os.getsid(own.pid)
    return [
        child
        for child in own.children()
        if child.cmdline() == own.cmdline() and os.getsid(child.pid) == session and len(child.cpu_affinity()) == 1
    ]


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="no pinning here")
def test_without_load_there_is_none(supervisor: Supervisor) -> None:
    """What the tests below look for is there under load alone."""
    supervisor.order("hang.py", "fork", deadline=60, quiet=1.0)
    assert eventually(lambda: psutil.Process(supervisor.process.pid).children())
    assert not neighbours(supervisor)
    assert supervisor.history()["ending"] == "blocked"


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="no pinning here")
@pytest.mark.parametrize("regime", ["load", "load+delay:child-runs"])
def test_neighbours_are_there_and_go(supervisor: Supervisor, regime: str) -> None:
    """Under load busy neighbours run beside the trial; they end with it."""
    supervisor.order("hang.py", "fork", regime=regime, deadline=60, quiet=6.0)
    assert eventually(lambda: neighbours(supervisor))
    (neighbour,) = neighbours(supervisor)
    assert eventually(lambda: neighbour.cpu_times().user > 0)
    assert neighbour.num_fds() == 0
    assert supervisor.history()["ending"] == "blocked"
    assert not neighbours(supervisor)


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="no pinning here")
def test_neighbours_do_not_outlive_a_killed_supervisor() -> None:
    """However the supervisor dies, no neighbour goes on."""
    with Supervisor() as supervisor:
        supervisor.order("hang.py", "fork", regime="load", deadline=60, quiet=30.0)
        assert eventually(lambda: neighbours(supervisor))
        busy = neighbours(supervisor)
        supervisor.process.kill()
        assert eventually(lambda: not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in busy))
