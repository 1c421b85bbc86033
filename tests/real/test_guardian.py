"""When the supervisor or the harness dies, in whatever way: what was running is cleared up, and the next run checks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from supervising import MAIN, PROGRAMS, Supervisor, a_semaphore, alive, end, eventually, semaphore_files

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the job object does it there")
WAYS = ("auto", "v1", "none")
each_way = pytest.mark.parametrize("way", WAYS)


def in_mid_trial(way: str, **how: object) -> Supervisor:
    """A supervisor whose trial has started its processes."""
    supervisor = Supervisor("--cgroup", way, **how)
    supervisor.order("hang.py", "spawn", quiet=600, deadline=600)
    assert eventually(lambda: len(supervisor.left()) > 1)
    return supervisor


@each_way
def test_sigkill_of_the_supervisor(way: str) -> None:
    """The guardian kills all that is left of the trial, removes groups and folder, and goes."""
    with in_mid_trial(way) as supervisor:
        supervisor.process.kill()
        assert supervisor.cleared()
        assert eventually(lambda: not alive(supervisor.hello["guardian"]))


def test_sigkill_in_the_midst_of_a_bomb() -> None:
    """The guardian ends a fork bomb too."""
    with Supervisor() as supervisor:
        supervisor.order("fork_bomb.py", processes=32, cpu=600, deadline=600)
        assert eventually(lambda: len(supervisor.left()) > 3)
        supervisor.process.kill()
        assert supervisor.cleared()


@each_way
def test_semaphores_go_with_the_supervisor(way: str, tmp_path: Path) -> None:
    """The guardian removes those that what it kills has made."""
    printed = tmp_path / "name"
    with a_semaphore() as theirs, Supervisor("--cgroup", way) as supervisor:
        command = ["/bin/sh", "-c", f'exec "$@" > {printed}', "sh", sys.executable, str(PROGRAMS / "semaphores.py")]
        supervisor.order("", command=[*command, theirs, "waits"], quiet=600, deadline=600)
        assert eventually(lambda: printed.exists() and printed.read_text().endswith("\n"))
        own = printed.read_text().strip()
        assert semaphore_files(own) != []
        supervisor.process.kill()
        assert supervisor.cleared()
        assert semaphore_files(own) == []
        assert semaphore_files(theirs) != []


@each_way
def test_the_harness_is_gone(way: str) -> None:
    """At the end of its input the supervisor ends the trial as `interrupted`, reports it, clears up and ends."""
    with in_mid_trial(way) as supervisor:
        assert supervisor.process.stdin is not None
        supervisor.process.stdin.close()
        history = supervisor.history()
        assert (history["ending"], history["status"]) == ("interrupted", None)
        assert supervisor.process.wait(30) == 0
        assert supervisor.cleared()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_the_process_group(number: int) -> None:
    """Ctrl-C, and what else a terminal sends to all: the guardian stays, the supervisor ends the trial and itself."""
    with in_mid_trial("auto", start_new_session=True) as supervisor:
        os.killpg(supervisor.process.pid, number)
        history = supervisor.history()
        assert history["ending"] == "interrupted"
        assert signal.Signals(number).name in history["reason"]
        assert supervisor.process.wait(30) == 0
        assert supervisor.cleared()
        assert not alive(supervisor.hello["guardian"])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_guardian_ignores_what_is_not_for_it(number: int) -> None:
    """It survives the signals that end others, and still does its work."""
    with in_mid_trial("auto") as supervisor:
        os.kill(supervisor.hello["guardian"], number)
        supervisor.process.kill()
        assert supervisor.cleared()


def test_sigkill_of_the_harness() -> None:
    """A harness that is killed leaves nothing: the supervisor's input ends."""
    harness = (
        "import subprocess, sys, json, time\n"
        "p = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        "print(json.loads(p.stdout.readline())['hello']['folder'], flush=True)\n"
        "p.stdin.write(sys.argv[1].encode() + b'\\n'); p.stdin.flush(); time.sleep(600)\n"
    )
    order = '{"trial": 1, "command": ["/bin/sleep", "600"], "quiet": 600, "deadline": 600}'
    command = [sys.executable, "-c", harness, order, sys.executable, "-S", "-E", str(MAIN)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        folder = process.stdout.readline().strip()
        assert Path(folder).is_dir()
        process.kill()
    assert eventually(lambda: not Path(folder).exists())


@each_way
def test_an_idle_supervisor_ends_with_its_input(way: str) -> None:
    """Without a trial nothing is to be done, and the guardian is let go."""
    with Supervisor("--cgroup", way) as supervisor:
        pass
    assert supervisor.process.returncode == 0
    assert supervisor.cleared()
    assert not alive(supervisor.hello["guardian"])


def test_the_next_run_checks() -> None:
    """What is left where the guardian was killed with its supervisor, the next one kills; a living neighbour is spared."""
    with in_mid_trial("auto") as neighbour, in_mid_trial("auto") as supervisor:
        if not supervisor.hello["cpu"]:
            pytest.skip("without control groups nobody can tell what a dead supervisor left")
        root = supervisor.left()
        os.kill(supervisor.hello["guardian"], signal.SIGKILL)
        assert eventually(lambda: not alive(supervisor.hello["guardian"]))
        assert any(alive(pid) for pid in root)
        supervisor.process.kill()
        supervisor.process.wait()
        with Supervisor():  # it clears up, or one that another test starts at this very moment
            assert supervisor.cleared()
        assert len(neighbour.left()) > 1
        assert Path(neighbour.hello["folder"]).is_dir()
        for pid in root:
            end(pid)
    assert neighbour.cleared()


def test_nobody_holds_the_supervisors_output() -> None:
    """Neither the guardian nor a trial that lives on keeps the harness from seeing the supervisor's end."""
    with in_mid_trial("auto") as supervisor:
        supervisor.process.kill()
        assert supervisor.process.stdout is not None
        assert supervisor.process.stdout.read() == b""
        assert supervisor.cleared()
