"""The supervisor with well-behaved and ordinarily failing programs: what a trial is given, and what is written down."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import stat
import sys
from typing import TYPE_CHECKING

import msgspec
import psutil
import pytest
from interpreters import PYTHONS
from supervising import PROGRAMS, Supervisor

from mpref.history import History

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs use fork, and /proc or a terminal")
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
STREAMS = ("pipe", "file", "terminal")
FLOOD = 200


@pytest.fixture(scope="module")
def supervisor() -> Iterator[Supervisor]:
    """One for all tests: trials must not influence one another."""
    with Supervisor() as found:
        yield found


@linux
def test_surroundings_are_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """A trial has the declared variables, default signals, three descriptors and an empty folder, whatever the harness has."""
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")
    monkeypatch.setenv("SECRET", "x")
    extra = os.open(PROGRAMS, os.O_RDONLY)
    os.set_inheritable(extra, True)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.umask(0o077)
    try:
        with Supervisor(close_fds=False) as supervisor:
            for _ in range(2):  # the second finds nothing of the first
                given = json.loads(supervisor.run("surroundings.py", environ={"EXTRA": "1"})["stdout"]["head"])
    finally:
        signal.signal(signal.SIGINT, before)
        os.umask(0o022)
        os.close(extra)
    environ = given["environ"]
    declared = {"PATH", "LANG", "TERM", "HOME", "TMPDIR", "MPREF_EVENTS", "MPREF_NONCE", "EXTRA", "MARK"}
    assert set(environ) - {"LD_LIBRARY_PATH", "LC_CTYPE"} == declared
    assert (environ["LANG"], environ["TERM"]) == ("C.UTF-8", "dumb")
    assert given["cwd"] == environ["HOME"]
    assert given["entries"] == []
    assert given["descriptors"] == [0, 1, 2]
    assert given["umask"] == 0o022
    assert given["core"] == 0
    assert given["leader"]
    assert given["blocked"] == 0
    python_ignores = 1 << signal.SIGPIPE - 1 | 1 << signal.SIGXFSZ - 1
    assert given["ignored"] & ~python_ignores == 0


@linux
def test_no_signal_is_ignored_at_the_start(supervisor: Supervisor) -> None:
    """Also SIGPIPE and SIGXFSZ, which Python ignores, are at their default."""
    history = supervisor.run("", command=["/bin/sh", "-c", "grep SigIgn /proc/$$/status"])
    assert int(history["stdout"]["head"].split()[1], 16) & 0x7FFFFFFF == 0


@linux
def test_a_terminal_is_one_and_controls_nobody(supervisor: Supervisor) -> None:
    """Stream kind `terminal`: three terminals of 80 by 24, none of them the controlling one."""
    given = json.loads(supervisor.run("surroundings.py", stream="terminal")["stdout"]["head"])
    assert given["terminals"] == [True, True, True]
    assert given["size"] == [80, 24]
    assert not given["controlling"]


@linux
@pytest.mark.parametrize("stream", ["pipe", "file"])
def test_a_pipe_or_file_is_no_terminal(supervisor: Supervisor, stream: str) -> None:
    """The other kinds are not."""
    given = json.loads(supervisor.run("surroundings.py", stream=stream)["stdout"]["head"])
    assert given["terminals"] == [False, False, False]


@pytest.mark.parametrize("stream", STREAMS)
def test_stored_bytes_do_not_depend_on_the_stream_kind(supervisor: Supervisor, stream: str) -> None:
    """Bytes that are no text come through unchanged, in every kind, again and again."""
    out = (bytes(range(256)) + b"\r\n\n\r") * 50
    err = b"".join(b"\xff\xfe%d\n" % number for number in range(50))
    for _ in range(5):
        history = supervisor.run("bytes.py", stream=stream)
        assert (history["stdout"]["head"], history["stderr"]["head"]) == (out, err)
        assert history["stdout"]["sha256"] == hashlib.sha256(out).hexdigest()


@pytest.mark.parametrize("stream", STREAMS)
def test_a_flood_is_hashed_and_not_held(stream: str) -> None:
    """200 MB of output have the right size, hash and ends, and the supervisor's memory does not grow by it."""
    whole = hashlib.sha256()
    for number in range(FLOOD):
        whole.update(bytes([number % 251]) * (1 << 20))
    with Supervisor() as supervisor:
        supervisor.run("flood.py", "1", stream=stream)
        memory = psutil.Process(supervisor.process.pid)
        before = memory.memory_info().rss
        stored = supervisor.run("flood.py", str(FLOOD), stream=stream, deadline=60)["stdout"]
        grown = memory.memory_info().rss - before
    assert (stored["size"], stored["sha256"]) == (FLOOD << 20, whole.hexdigest())
    assert (stored["head"], stored["tail"]) == (b"\0" * 65536, bytes([FLOOD - 1]) * 65536)
    assert grown < 4 << 20


def test_standard_input_is_the_file_or_nothing(supervisor: Supervisor, tmp_path: Path) -> None:
    """A trial reads the file it is given, else it is at the end at once."""
    given = tmp_path / "input"
    given.write_text("hello")
    text = "import sys; print(repr(sys.stdin.read()))"
    assert supervisor.source(text, stdin=str(given))["stdout"]["head"] == b"'hello'\n"
    assert supervisor.source(text)["stdout"]["head"] == b"''\n"


def test_histories_are_what_the_harness_reads(supervisor: Supervisor) -> None:
    """Every history decodes as `mpref.history.History`, unknown fields refused."""
    supervisor.order("one_process.py", "spawn", stream="terminal", regime="none", seed=7)
    history = msgspec.convert(supervisor.read()["history"], History)
    assert (history.ending, history.status, history.seed) == ("exited", 0, 7)
    assert history.stdout.text == "child\nparent\n"
    assert history.created >= 1  # a lower bound: a fast machine's child may have gone between two looks


@pytest.mark.parametrize("name", PYTHONS)
def test_helpers_end_by_themselves(supervisor: Supervisor, name: str) -> None:
    """Under every interpreter and start method what is left at exit has a helper's role, and nothing is left after the grace."""
    for method in ("fork", "spawn", "forkserver"):
        history = supervisor.run("one_process.py", method, python=PYTHONS[name])
        assert (history["status"], history["stderr"]["head"]) == (0, b"")
        assert {one["role"] for one in history["left_at_exit"]} <= {"fork server", "resource tracker"}
        assert history["left_after_grace"] == []


@linux
def test_a_helper_is_known_although_it_was_only_forked_when_the_program_ended(supervisor: Supervisor) -> None:
    """A copy of the program that becomes the resource tracker after the program's end is no worker."""
    history = supervisor.run("late_helper.py")
    assert [one["role"] for one in history["left_at_exit"]] == ["resource tracker"]


def test_exit_status_and_signal(supervisor: Supervisor) -> None:
    """A status is the program's own; a signal's is negative; a segmentation fault leaves faulthandler's trace in stderr."""
    assert supervisor.source("raise SystemExit(3)")["status"] == 3
    history = supervisor.source("import ctypes; ctypes.string_at(0)")
    assert (history["ending"], history["status"]) == ("exited", -signal.SIGSEGV)
    assert b"Fatal Python error: Segmentation fault" in history["stderr"]["head"]


def test_events_are_gathered_in_order(supervisor: Supervisor) -> None:
    """Events of all processes come in one order of time; a torn one becomes a note."""
    history = supervisor.run("events.py")
    assert [event["label"] for event in history["events"]] == ["first", "in child", "last"]
    assert history["events"][0]["fields"] == {"text": "aä\\udc80", "number": 1, "pair": [1, 2]}
    assert history["events"][1]["ppid"] == history["pid"]
    assert history["created"] == 2
    assert any("torn" in note for note in history["notes"])


def test_cpu_of_children_is_counted_where_it_is_exact(supervisor: Supervisor) -> None:
    """CPU is that of all processes, waited for or not."""
    if not supervisor.hello["cpu"]:
        pytest.skip("nothing counts the CPU of a group of processes here")
    history = supervisor.run("leaver.py", "0.5", "busy")
    assert history["cpu"] >= 0.45


def test_what_goes_on_within_the_grace_is_left_at_exit_only(supervisor: Supervisor) -> None:
    """A child that ends soon is a worker left at exit, and not left after the grace."""
    history = supervisor.run("leaver.py", "0.3", "quiet", grace=10)
    assert [one["role"] for one in history["left_at_exit"]] == ["worker"]
    assert history["left_after_grace"] == []


def test_what_goes_on_beyond_the_grace_is_left(supervisor: Supervisor) -> None:
    """A child that sleeps on is left after the grace, is killed, and the trial's output did not wait for it."""
    history = supervisor.run("stubborn.py", grace=0.2)
    assert [one["role"] for one in history["left_after_grace"]] == ["worker"]
    assert (history["status"], history["stdout"]["head"]) == (0, b"ready\n")
    assert supervisor.nothing_left()


def test_load_stretches_the_grace(supervisor: Supervisor) -> None:
    """A child that still uses CPU when the grace is over is given more time."""
    history = supervisor.run("leaver.py", "0.6", "busy", grace=0.1)
    assert history["left_at_exit"]
    assert history["left_after_grace"] == []


def test_a_program_that_cannot_be_started_is_an_error(supervisor: Supervisor, tmp_path: Path) -> None:
    """A missing, a not executable and a malformed interpreter give a history with an error, and the next trial runs."""
    plain, garbage = tmp_path / "plain", tmp_path / "garbage"
    plain.write_text("")
    garbage.write_bytes(b"\x7fELF garbage")
    garbage.chmod(garbage.stat().st_mode | stat.S_IXUSR | stat.S_IXOTH)
    for path in (tmp_path / "missing", plain, garbage):
        history = supervisor.run("", command=[str(path)])
        assert history["error"].startswith(f"{path} could not be started: ")
    assert "streams" in supervisor.source("", stdin=str(tmp_path / "missing"))["error"]
    assert supervisor.source("")["status"] == 0


@pytest.mark.parametrize(
    "line", ["not json", "[]", "{}", '{"trial": 1, "command": ["x"], "colour": 1}', '{"trial": 1, "command": []}']
)
def test_a_bad_order_is_an_error(supervisor: Supervisor, line: str) -> None:
    """An order that cannot be understood is answered with an error, and the next trial runs."""
    supervisor.send(line)
    assert supervisor.history()["error"].startswith("bad order: ")
    assert supervisor.source("")["status"] == 0


def test_the_path_is_never_resolved(supervisor: Supervisor, tmp_path: Path) -> None:
    """The interpreter is started by the very path given, so that a virtual environment stays one."""
    link = tmp_path / "python"
    link.symlink_to(sys.executable)
    history = supervisor.source("import sys; print(sys.orig_argv[0])", python=str(link))
    assert history["stdout"]["head"].decode().strip() == str(link)


@pytest.mark.parametrize("name", PYTHONS)
def test_the_supervisor_itself_runs_on_every_python(name: str) -> None:
    """It is started with every interpreter there is, carries out a trial, and leaves nothing."""
    with Supervisor(python=PYTHONS[name]) as supervisor:
        assert supervisor.run("one_process.py", "fork")["stdout"]["head"] == b"child\nparent\n"
    assert supervisor.process.returncode == 0
    assert supervisor.cleared()
