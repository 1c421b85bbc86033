"""Blocked, endless and slow are told apart on real programs, idle and while the cores are busy with something else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from interpreters import PYTHONS
from supervising import PROGRAMS, Supervisor

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what a process waits for is read from /proc")
QUIET = 0.7
WAITS = ("sleep", "child sleeps", "thread sleeps", "queue", "event")


@pytest.fixture(scope="module", params=["auto", "none"])
def supervisor(request: pytest.FixtureRequest) -> Iterator[Supervisor]:
    """With control groups and without."""
    with Supervisor("--cgroup", request.param) as found:
        yield found


@pytest.fixture
def neighbours() -> Iterator[None]:
    """Four processes that want all the CPU there is."""
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(4)]
    yield
    for process in busy:
        process.kill()
        process.wait()


@pytest.mark.parametrize("how", WAITS)
@pytest.mark.parametrize("name", PYTHONS)
def test_a_wait_that_ends_is_not_blocked(supervisor: Supervisor, name: str, how: str) -> None:
    """A program that sleeps, or waits with a time limit, for longer than the quiet window is left alone."""
    if os.uname().machine not in {"x86_64", "aarch64"}:
        pytest.skip("system calls are known for two machines only")
    history = supervisor.run("waits.py", how, "1.5", python=PYTHONS[name], quiet=QUIET)
    assert (history["ending"], history["status"], history["stdout"]["head"]) == ("exited", 0, b"done\n")


def test_a_sleep_of_two_windows_is_not_blocked(supervisor: Supervisor) -> None:
    """A program that does nothing but sleep, for twice its quiet window, ends by itself."""
    history = supervisor.source("import time; time.sleep(2)", quiet=1)
    assert (history["ending"], history["status"]) == ("exited", 0)


def test_a_poll_holds_off_no_judgement(supervisor: Supervisor) -> None:
    """A helper thread that polls for ever does not hide that its program hangs."""
    history = supervisor.run("waits.py", "thread polls", "0", quiet=QUIET, deadline=60)
    assert history["ending"] == "blocked"
    assert "deadline" not in history["reason"]


def test_an_endless_loop_shows_its_stacks(supervisor: Supervisor) -> None:
    """A program that burns CPU for ever in two processes is `endless`; the dump shows where each of them did."""
    text = "import os\ndef burn():\n    while True: pass\nos.fork()\nburn()"
    history = supervisor.source(text, cpu=0.5, deadline=60)
    assert (history["ending"], history["stderr"]["head"]) == ("endless", b"")
    dump = history["dump"]["head"]
    assert dump.startswith(f"--- program {history['pid']} ---\n".encode())
    assert dump.count(b"in burn") == 2
    assert supervisor.left() == []


def test_a_sleep_beyond_the_deadline_is_blocked(supervisor: Supervisor) -> None:
    """At its deadline a program that does nothing is blocked, whatever it waits for."""
    history = supervisor.run("waits.py", "sleep", "600", quiet=QUIET, deadline=1)
    assert history["ending"] == "blocked"
    assert "deadline" in history["reason"]
    assert b"waits.py" in history["dump"]["head"]


def test_burning_beyond_the_allowance_is_endless(supervisor: Supervisor) -> None:
    """A program that uses more CPU than it may is ended before its deadline."""
    history = supervisor.run("waits.py", "burn", "600", cpu=0.5, deadline=600)
    assert history["ending"] == "endless"
    assert "CPU" in history["reason"]


def test_getting_on_beyond_three_deadlines_is_slow(supervisor: Supervisor) -> None:
    """A program that still shows signs of life is given three times its deadline, then interrupted: no verdict."""
    history = supervisor.run("waits.py", "talk", "600", quiet=QUIET, deadline=0.5)
    assert (history["ending"], history["status"]) == ("slow", None)
    assert b"KeyboardInterrupt" in history["stderr"]["head"]


def test_getting_on_beyond_the_deadline_is_not_ended(supervisor: Supervisor) -> None:
    """What ends between one and three deadlines has ended by itself."""
    history = supervisor.run("waits.py", "talk", "1.2", quiet=QUIET, deadline=0.6)
    assert (history["ending"], history["status"]) == ("exited", 0)


@pytest.mark.usefixtures("neighbours")
@pytest.mark.parametrize("how", ["burn", "thread burns"])
def test_starved_is_not_blocked(supervisor: Supervisor, how: str) -> None:
    """A program at the lowest priority, which gets next to no CPU beside busy neighbours, is neither blocked nor endless."""
    nice = "import os, sys; os.nice(19); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    program = str(PROGRAMS / "waits.py"), how, "600"
    command = [sys.executable, "-c", nice, *program]
    history = supervisor.run("", command=command, quiet=0.5, deadline=1.0)
    assert history["ending"] == "slow"
    if history["neighbours"] is not None:
        assert history["neighbours"] > 1


@pytest.mark.usefixtures("neighbours")
@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_load_is_no_verdict(supervisor: Supervisor, method: str) -> None:
    """An ordinary program beside busy neighbours ends by itself, with all its helpers, though it takes longer."""
    for _ in range(3):
        history = supervisor.run("one_process.py", method, quiet=1.0, deadline=5.0, grace=0.2)
        assert (history["ending"], history["status"]) == ("exited", 0)
        assert history["left_after_grace"] == []


@pytest.mark.usefixtures("neighbours")
def test_a_hang_is_blocked_under_load_too(supervisor: Supervisor) -> None:
    """A real hang is found beside busy neighbours."""
    assert supervisor.run("hang.py", "fork", quiet=QUIET)["ending"] == "blocked"


def test_a_stopped_program_is_blocked(supervisor: Supervisor) -> None:
    """A program that stopped itself never goes on."""
    history = supervisor.source(f"import os; os.kill(os.getpid(), {int(signal.SIGSTOP)})", quiet=QUIET)
    assert history["ending"] == "blocked"
