"""Nothing that a program does survives its trial: with every kind of control group, without any, as root and as a user."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from interpreters import PYTHONS
from supervising import PROGRAMS, SHARED, Supervisor, a_semaphore, alive, end, eventually, semaphore_files

from mpref.record.supervisor import calibration, scan

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs fork")
USER = "nobody"
SYSTEM_PYTHON = "/usr/bin/python3"
GROUPED = ("auto", "v1", "v2")
bombed = [name for name in ("3.9", "3.13") if name in PYTHONS]


def supervisor_with(way: str) -> Supervisor:
    """A supervisor that may use the control groups of that kind; `user`: none, as an ordinary user. Skips what is not here."""
    if way == "user":
        return Supervisor("--no-cgroup", python=SYSTEM_PYTHON, **ordinary_user())
    found = Supervisor(*(["--cgroup", way] if way != "auto" else []))
    if way in GROUPED and not found.hello["cpu"]:
        found.__exit__()
        pytest.skip(f"no control group ({way}) can be written to")
    return found


def ordinary_user() -> dict[str, Any]:
    """How to start a process as somebody without privileges, in a declared environment. Skips where that is impossible."""
    if os.getuid() != 0 or shutil.which(SYSTEM_PYTHON) is None:
        pytest.skip("only root can become another user, and it needs an interpreter that everybody may start")
    try:
        entry = pwd.getpwnam(USER)
    except KeyError:
        pytest.skip(f"there is no user {USER}")
    how = {
        "user": entry.pw_uid,
        "group": entry.pw_gid,
        "extra_groups": [],
        "cwd": "/",
        "env": {"PATH": "/usr/bin:/bin"},
    }
    reads = subprocess.run(["/bin/cat", str(PROGRAMS / "hang.py")], capture_output=True, check=False, **how)
    if reads.returncode:
        pytest.skip(f"{USER} may not read the programs")
    return how


@pytest.fixture(params=["auto", "v1", "v2", "none", "user"])
def way(request: pytest.FixtureRequest) -> str:
    """How processes are found, limited and killed."""
    return str(request.param)


@pytest.fixture
def supervisor(way: str) -> Iterator[Supervisor]:
    """One of that kind, which must be gone without a trace in the end."""
    with supervisor_with(way) as found:
        yield found
    assert found.process.returncode == 0
    assert found.cleared()


@pytest.fixture
def python(way: str) -> str:
    """An interpreter that the supervisor's user may start."""
    return SYSTEM_PYTHON if way == "user" else sys.executable


def test_a_fork_bomb_is_endless(supervisor: Supervisor, python: str) -> None:
    """A program that forks for ever ends as `endless`, within its limit where one can be set, and no process is left."""
    history = supervisor.run("fork_bomb.py", python=python, processes=24, cpu=3)
    assert (history["ending"], history["status"]) == ("endless", None)
    assert history["limit_hit"] or supervisor.hello["limit"] == "RLIMIT_NPROC"
    assert supervisor.left() == []
    if "cgroup" in supervisor.hello["limit"]:
        assert history["created"] <= 24
    assert supervisor.source("", python=python)["status"] == 0


def test_a_child_that_ignores_signals(supervisor: Supervisor, python: str) -> None:
    """A child that ignores SIGTERM and SIGINT is killed, be it left over or part of a hang."""
    assert supervisor.run("stubborn.py", python=python, grace=0.1)["left_after_grace"] != []
    assert supervisor.left() == []
    history = supervisor.run("stubborn.py", python=python, quiet=0.5, deadline=1, environ={"WAIT": "1"})
    assert (history["ending"], history["status"]) == ("blocked", None)
    assert supervisor.left() == []


def test_a_daemon_is_a_stray(supervisor: Supervisor, python: str) -> None:
    """A daemon, forked twice and in a session of its own, is found by its environment and killed."""
    history = supervisor.run("daemon.py", python=python, grace=0.1)
    assert [one["role"] for one in history["left_after_grace"]] == ["stray"]
    assert not alive(int(history["stdout"]["head"]))


@pytest.mark.parametrize("way", GROUPED, indirect=True)
def test_a_daemon_with_a_cleared_environment(supervisor: Supervisor, python: str) -> None:
    """A daemon that nothing but its control group ties to the trial is found and killed."""
    history = supervisor.run("daemon.py", "clear", python=python, grace=0.1)
    assert [one["role"] for one in history["left_after_grace"]] == ["stray"]
    assert not alive(int(history["stdout"]["head"]))


@pytest.mark.parametrize("way", ["none"])
def test_what_is_out_of_reach_is_said(way: str) -> None:
    """Without control groups such a daemon escapes, and the hello says so."""
    with Supervisor("--no-cgroup") as supervisor:
        assert "cleared environment" in supervisor.hello["out_of_reach"]
        end(int(supervisor.run("daemon.py", "clear", grace=0.1)["stdout"]["head"]))


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_a_hang_shows_where_everybody_hung(supervisor: Supervisor, python: str, method: str) -> None:
    """A join that never returns is `blocked`; the stacks of parent and child are in the dump, and not in stderr."""
    history = supervisor.run("hang.py", method, python=python, quiet=0.6)
    assert (history["ending"], history["status"]) == ("blocked", None)
    assert (history["stdout"]["head"], history["stderr"]["head"]) == (b"waiting\n", b"")
    dump = history["dump"]["head"].decode()
    program, _, others = dump.partition("--- worker")
    assert dump.startswith(f"--- program {history['pid']} ---\n")
    assert "in parent_joins" in program
    assert "in child_waits_for_ever" in others
    assert supervisor.left() == []


@pytest.mark.parametrize("way", ["auto", "none"], indirect=True)
@pytest.mark.parametrize("method", ["spawn", "forkserver"])
@pytest.mark.parametrize("name", bombed)
def test_an_unguarded_pool(supervisor: Supervisor, name: str, method: str) -> None:
    """A module-level Pool that re-imports itself for ever is `endless` and leaves no process."""
    bounds = {"cpu": 1.5, "processes": 24, "deadline": 60}
    history = supervisor.run("unguarded_pool.py", python=PYTHONS[name], environ={"METHOD": method}, **bounds)
    assert history["ending"] == "endless"
    assert history["stdout"]["head"].count(b"import") > 1
    assert supervisor.left() == []


@pytest.mark.parametrize("way", ["auto", "none"], indirect=True)
@pytest.mark.parametrize("hangs", [True, False], ids=["hangs", "leaves a child"])
def test_only_its_own_shared_memory_is_noted(supervisor: Supervisor, python: str, hangs: bool) -> None:
    """Shared memory that its killed processes had and nobody removed is noted, what another program made meanwhile is not."""
    source = (
        "import mmap, os, subprocess, sys, time\n"
        "def make(name, keep=[]):\n"
        "    file = open('/dev/shm/' + name, 'wb+'); file.truncate(8); keep.append(mmap.mmap(file.fileno(), 8))\n"
        "make('psm_own' + sys.argv[1])\n"
        "if sys.argv[2] == 'hangs': os.read(os.pipe()[0], 1)\n"
        "if os.fork() == 0: time.sleep(600)\n"
        "os._exit(0)\n"
    )
    tag = supervisor.mark
    if not SHARED.is_dir():
        pytest.skip("POSIX shared memory lies elsewhere")
    theirs, own = SHARED / f"psm_theirs{tag}", SHARED / f"psm_own{tag}"
    supervisor.order("", command=[python, "-c", source, tag, "hangs" if hangs else ""], quiet=0.7, grace=1)
    try:
        assert eventually(own.exists)
        theirs.touch()
        history = supervisor.history()
        assert own.exists()
        assert [note for note in history["notes"] if "/dev/shm" in note] == [f"left in /dev/shm: {own.name}"]
    finally:
        theirs.unlink(missing_ok=True)
        own.unlink(missing_ok=True)


@pytest.mark.parametrize("how", ["forks", "leaves a child"])
def test_killed_processes_leave_no_semaphore(supervisor: Supervisor, python: str, how: str) -> None:
    """What would remove a killed program's semaphores is killed with it: they go too, and one that it opened stays."""
    with a_semaphore() as theirs:
        history = supervisor.run("semaphores.py", theirs, how, python=python, processes=24, cpu=3, grace=0.1)
        assert history["ending"] == ("endless" if how == "forks" else "exited")
        own = history["stdout"]["head"].decode().strip()
        assert own.startswith("/mp-")
        assert semaphore_files(own) == []
        assert semaphore_files(theirs) != []


@pytest.fixture
def a_nice_value() -> Iterator[int]:
    """One of this process's own, where it may take a real-time policy too."""
    try:
        os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(1))
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
    except (AttributeError, OSError):
        pytest.skip("no process may take precedence here")
    before = os.getpriority(os.PRIO_PROCESS, 0)
    os.setpriority(os.PRIO_PROCESS, 0, 5)
    yield 5
    os.setpriority(os.PRIO_PROCESS, 0, before)


def test_who_only_looks_takes_precedence(a_nice_value: int) -> None:
    """Root's supervisor without control groups comes before what it watches, and so does its guardian; nobody else does."""
    with Supervisor("--cgroup", "none") as supervisor:
        if supervisor.hello["limit"] != "polling":
            pytest.skip("the system limits the number of processes")
        pids = (supervisor.process.pid, supervisor.hello["guardian"])
        assert eventually(
            lambda: all(os.sched_getscheduler(pid) & ~os.SCHED_RESET_ON_FORK == os.SCHED_RR for pid in pids)
        )
        history = supervisor.run("priorities.py", regime="load")
        seen = [line.split() for line in history["stdout"]["head"].decode().splitlines()]
        others = {(int(policy), int(nice)) for policy, nice, guardian in seen if guardian == "False"}
        assert len(seen) >= 4  # the program, its neighbour, the spare for the next one, and the guardian
        assert others == {(os.SCHED_OTHER, a_nice_value)}


def test_usable_cores_are_measured_without_precedence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that spins before all others would tell of more cores than the trial gets."""
    monkeypatch.setattr(calibration.priority, "give_back", lambda: os._exit(1))
    assert calibration.usable_cores() is None


def test_a_bomb_is_stopped_before_it_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking takes time, in which it would grow."""
    done: list[object] = []
    monkeypatch.setattr(scan.os, "killpg", lambda *what: done.append(what))
    monkeypatch.setattr(scan.Scan, "table", lambda _: done.append("looked") or {})
    enclosure = scan.Scan("MPREF_NONCE=bomb")
    enclosure.follow(12345)
    assert enclosure.kill_all()
    assert done == [(12345, signal.SIGSTOP), "looked"]


def test_killing_late_is_better_than_never(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it took long to find them, what was found is killed all the same."""
    monkeypatch.setattr(scan, "KILLING", -1.0)
    environ = {**os.environ, "MPREF_NONCE": "late"}
    with subprocess.Popen(["/bin/sleep", "600"], env=environ, start_new_session=True) as process:
        enclosure = scan.Scan("MPREF_NONCE=late")
        enclosure.follow(process.pid)
        enclosure.kill_all()
        killed = eventually(lambda: not alive(process.pid))
        process.kill()
        assert killed


def test_output_without_end(supervisor: Supervisor, python: str) -> None:
    """A program that writes more than it may is `endless`, whatever its stream kind."""
    for stream in ("pipe", "file", "terminal"):
        history = supervisor.run("flood.py", "100000", python=python, stream=stream, output=5 << 20)
        assert history["ending"] == "endless"
        assert history["stdout"]["size"] > 5 << 20


def test_a_killed_program_is_no_ending_of_ours(supervisor: Supervisor, python: str) -> None:
    """A program that kills itself has exited, with the signal as its status."""
    history = supervisor.source("import os; os.kill(os.getpid(), 9)", python=python)
    assert (history["ending"], history["status"]) == ("exited", -signal.SIGKILL)
