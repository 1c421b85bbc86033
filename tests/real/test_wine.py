"""The supervisor's Windows side, under Wine: in the image of the matrix, or under this machine's Wine; skipped without both.

What holds here is Wine's; Windows itself is asked by the continuous integration's runners.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import platformdirs
import pytest

from mpref.containers import box, images, matrix, windows
from mpref.containers.engine import Engine
from mpref.errors import MprefError
from mpref.record.discover import probe
from mpref.record.order import EVENT_PATH, Order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mpref.environment import Environment
    from mpref.record.client import Supervisor


def an_environment() -> Environment:
    """Windows' CPython in its image, else under this machine's Wine where it was set up before."""
    entries = [entry for entry in matrix.entries() if entry.windows]
    try:
        engine = Engine.found()
        for entry in entries:
            if images.built(engine, entry):
                return box.environments([entry.id], {"default": False}, (), [])[0]
    except MprefError:
        pass
    there = platformdirs.user_cache_path("mpref")
    for entry in entries:
        if shutil.which("wine") and (there / f"{entry.id}.sh").exists():
            return probe(str(windows.under_wine(entry)))
    pytest.skip("no Windows interpreter was set up here: mpref images, or mpref windows")


@pytest.fixture(scope="module")
def environment() -> Environment:
    return an_environment()


@pytest.fixture(scope="module")
def supervisor(environment: Environment) -> Iterator[Supervisor]:
    with box.supervisor(environment.place, []) as made:
        yield made


def ordered(environment: Environment, program: str, **parts: Any) -> Order:
    plain: dict[str, Any] = {
        "trial": 1,
        "command": (environment.executable, "-X", "faulthandler", "-c", program),
        "environ": {"PYTHONPATH": environment.path(EVENT_PATH)},
        "stdin": None,
        "cwd": None,
        "stream": "pipe",
        "deadline": 60.0,
        "quiet": 3.0,
        "processes": 24,
        "cpu": 30.0,
    }
    return Order(**{**plain, **parts})


def test_it_is_never_called_windows(environment: Environment) -> None:
    """Its name ends so, and it has spawn alone."""
    assert environment.name.endswith("-windows-wine")
    assert environment.start_methods == ("spawn",)


def test_streams_status_and_events(supervisor: Supervisor, environment: Environment) -> None:
    """What a program writes, ends with, and tells."""
    program = "import sys; from mpref_event import event; event('here'); print('out'); sys.exit('err')"
    history = supervisor.run(ordered(environment, program))
    assert (history.ending, history.status) == ("exited", 1)
    assert history.stdout.text == "out\n"
    assert history.stderr.text == "err\n"
    (one,) = history.events
    assert one.pid == history.pid
    assert not history.left_at_exit


def test_a_status_is_a_number_of_32_bits(supervisor: Supervisor, environment: Environment) -> None:
    """As TerminateProcess gives it."""
    assert supervisor.run(ordered(environment, "import os; os._exit(300)")).status == 300
    killed = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
    assert supervisor.run(ordered(environment, killed)).status == 15


def test_a_child_that_stays_is_found_and_ended(supervisor: Supervisor, environment: Environment) -> None:
    """With its parent, so it is a worker; the next trial has nothing of it."""
    program = "import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])"
    history = supervisor.run(ordered(environment, program, grace=1.0))
    assert [(one.role, one.ppid) for one in history.left_at_exit] == [("worker", history.pid)]
    assert [one.pid for one in history.left_after_grace] == [one.pid for one in history.left_at_exit]
    assert not supervisor.run(ordered(environment, "pass")).left_at_exit


def test_waiting_for_ever_is_blocked(supervisor: Supervisor, environment: Environment) -> None:
    """Nobody uses CPU: at the deadline, for whether one will wake by itself is not known."""
    program = "import threading; l = threading.Lock(); l.acquire(); l.acquire()"
    assert supervisor.run(ordered(environment, program, deadline=6.0)).ending == "blocked"


def test_spinning_is_no_rest(supervisor: Supervisor, environment: Environment) -> None:
    """CPU is seen where Wine does not tell it, that of a child too."""
    assert supervisor.run(ordered(environment, "while 1: pass", cpu=1.0)).ending == "endless"
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'while 1: pass'])"
    history = supervisor.run(ordered(environment, child, cpu=1.0))
    assert history.ending == "endless"
    assert "of CPU" in history.reason


def test_a_bomb_is_ended(supervisor: Supervisor, environment: Environment) -> None:
    """Where the job object does not limit processes, their number is looked at."""
    child = "subprocess.Popen([sys.executable, '-c', 'input()'], stdin=subprocess.PIPE)"
    program = f"import subprocess, sys\nfor _ in range(99): {child}"
    history = supervisor.run(ordered(environment, program, processes=6, cpu=60.0))
    assert (history.ending, history.limit_hit) == ("endless", True)
    assert not supervisor.run(ordered(environment, "pass")).left_at_exit


def test_a_supervisor_ends_with_its_input(environment: Environment) -> None:
    """By itself, with status 0: nobody had to kill it."""
    with box.supervisor(environment.place, []) as made:
        made.run(ordered(environment, "pass"))
    assert made._process.poll() == 0
