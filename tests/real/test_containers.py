"""In real containers: trials are recorded there, what goes wild stays there, and nothing is left of them.

They need an engine that answers and an image of the matrix, as `nox -s containers` builds them; without, they are skipped.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from typing import TYPE_CHECKING, Any

import pytest
from small_project import GOOD, PRINT, RECORDED, closing, last_line
from test_event import EVENT_IMPORTS_NOTHING, HEAD

from mpref.containers import box, images, matrix
from mpref.containers.engine import Engine
from mpref.errors import MprefError, RecordError
from mpref.record.order import EVENT_PATH, Order

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Project

    from mpref.environment import Environment

PATIENCE = 120.0
"""Seconds after which what must end has not ended."""

WILD = """
title = "It goes wild."
methods = ["none"]
trials = 1
processes = 40
events = ["refused", "done"]

[[expect]]
check = "count"
says = "It is refused."
of = "refused"
is = 1

[[expect]]
check = "count"
says = "It does not get through."
of = "done"
is = 0
"""


def an_environment() -> Environment:
    """The first of the matrix that has an image here."""
    try:
        engine = Engine.found()
    except MprefError as error:
        pytest.skip(str(error))
    for entry in matrix.entries():
        if images.built(engine, entry):
            (found,) = box.environments([entry.id], {"default": False}, (), [])
            return found
    pytest.skip("no environment of the matrix has an image here: mpref images")


@pytest.fixture(scope="module")
def environment() -> Environment:
    return an_environment()


@pytest.fixture
def chosen(environment: Environment) -> tuple[str, str]:
    assert environment.box is not None
    return "--container", environment.box.entry


@pytest.fixture(autouse=True)
def nothing_is_left(environment: Environment) -> Iterator[None]:
    """After each test no container of ours is there that was not before, running or not."""
    before = containers()
    yield
    assert gone(containers() - before)


def gone(some: set[str]) -> bool:
    """Whether containers come to an end; among them may be those of other tests, which end as well."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and some & containers():
        time.sleep(0.1)
    return not some & containers()


def containers() -> set[str]:
    """The ids of this machine's containers of ours."""
    command = [str(shutil.which("docker")), "ps", "--all", "--quiet", "--filter", f"label={box.LABEL}"]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def ordered(environment: Environment, program: str, **parts: Any) -> Order:
    plain: dict[str, Any] = {
        "trial": 1,
        "command": (environment.executable, "-c", program),
        "environ": {},
        "stdin": None,
        "cwd": None,
        "stream": "pipe",
        "deadline": 60.0,
        "quiet": 20.0,
        "processes": 64,
        "cpu": 20.0,
    }
    return Order(**{**plain, **parts})


def supervisor(environment: Environment) -> Any:
    assert environment.box is not None
    return box.supervisor(environment.place, ())


def test_a_run_in_a_container(project: Project, chosen: tuple[str, str]) -> None:
    """Cells of a container are cells like others: recorded, judged, named after their image, controls and all."""
    project.scenario("a/good", GOOD, PRINT)
    project.scenario("a/recorded", RECORDED, "from mpref_event import event\nevent('one')\n")
    result = project.pytest(*chosen, "--results", "run.sqlite")
    assert last_line(result.stdout) == closing(2, **{"pass": 2}), result.stdout + result.stderr
    assert "5 sentinels in 1 environments, all caught" in result.stdout
    assert project.pytest("--resume", "run.sqlite").returncode == 0
    replayed = project.mpref("replay", "run.sqlite", first_cell(project))
    assert replayed.returncode == 0, replayed.stderr


def test_an_event_imports_nothing_on_pypy() -> None:
    """A child that is forked by one thread while another records would find a lock that nobody releases."""
    (entry,) = (entry for entry in matrix.entries() if entry.id == "pypy-3.11-debian")
    if not images.built(Engine.found(), entry):
        pytest.skip("it has no image here: mpref images pypy-3.11-debian")
    (pypy,) = box.environments([entry.id], {"default": False}, (), [])
    with supervisor(pypy) as one:
        history = one.run(ordered(pypy, HEAD + EVENT_IMPORTS_NOTHING, environ={"PYTHONPATH": pypy.path(EVENT_PATH)}))
    assert (history.ending, history.status, len(history.events)) == ("exited", 0, 1), history.stderr


def first_cell(project: Project) -> str:
    told = project.mpref("export", "run.sqlite").stdout
    start = told.index("a/good[")
    return told[start : told.index("]", start) + 1] + "#1"


@pytest.mark.parametrize(
    "program",
    [
        "open('/etc/note', 'w')",
        "open(__file__, 'a')",
        "import socket; socket.create_connection(('192.0.2.1', 80), 5)",
        "import os; os.setuid(0)",
    ],
    ids=["root", "scenario", "network", "user"],
)
def test_what_is_outside_cannot_be_reached(project: Project, chosen: tuple[str, str], program: str) -> None:
    """Neither the root, nor the mounted scenarios, nor the network, nor other rights."""
    attempt = f"try:\n    {program}\nexcept OSError:\n    event('refused')\nelse:\n    event('done')\n"
    source = f"from mpref_event import event\n{attempt}"
    project.scenario("a/wild", WILD, source)
    result = project.pytest(*chosen)
    assert last_line(result.stdout) == closing(1, **{"pass": 1}), result.stdout + result.stderr


def test_a_fork_bomb_ends_there(environment: Environment) -> None:
    """The supervisor ends it, and does the next trial."""
    bomb = "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"
    with supervisor(environment) as one:
        assert one.run(ordered(environment, bomb, processes=30)).ending == "endless"
        after = one.run(ordered(environment, "print('still here')", trial=2))
        assert (after.ending, after.stdout.head) == ("exited", b"still here\n")


def test_memory_without_end_ends_there(environment: Environment) -> None:
    """The kernel kills the program at the container's limit; the supervisor tells, and does the next trial."""
    hungry = "a = []\nwhile True: a.append(bytearray(b'x') * (64 << 20))"
    with supervisor(environment) as one:
        history = one.run(ordered(environment, hungry))
        assert (history.ending, history.status) == ("exited", -signal.SIGKILL)
        assert one.run(ordered(environment, "pass", trial=2)).ending == "exited"


def test_a_container_that_is_killed_is_one_message(environment: Environment) -> None:
    """What was asked is not answered; the next supervisor starts afresh."""
    with supervisor(environment) as one:
        command = one._process.args
        Engine.found().end(command[command.index("--name") + 1])
        with pytest.raises(RecordError, match="the supervisor ended"):
            one.run(ordered(environment, "pass"))
    with supervisor(environment) as another:
        assert another.run(ordered(environment, "pass")).ending == "exited"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_of_a_harness_that_is_ended(project: Project, chosen: tuple[str, str], number: int) -> None:
    """Ctrl-C and SIGKILL: the container goes with it, and --resume completes the run."""
    asleep = RECORDED.replace("trials = 1", "trials = 3\nquiet = 600\ndeadline = 700")
    project.scenario("a/asleep", asleep, "from mpref_event import event\nimport time\nevent('one')\ntime.sleep(600)\n")
    before = containers()
    command = project.command("pytest", "scenarios", *chosen, "--results", "run.sqlite")
    with subprocess.Popen(command, cwd=project.folder, stdout=subprocess.DEVNULL) as harness:
        until = time.monotonic() + 60
        while time.monotonic() < until and not containers() - before:
            time.sleep(0.1)
        started = containers() - before
        assert started
        os.kill(harness.pid, number)
    assert gone(started)


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_an_engine_that_goes_is_one_message(
    project: Project, chosen: tuple[str, str], workers: tuple[str, ...]
) -> None:
    """In mid-run: status 2, the finished cells are kept, and --resume completes the run once it is there again."""
    for name in "abcdef":
        program = "from mpref_event import event\nimport time\nevent('one')\ntime.sleep(1)\n"
        project.scenario(f"a/{name}", RECORDED, program)
    command = project.command("pytest", "scenarios", *chosen, *workers, "--results", "run.sqlite")
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, cwd=project.folder, env=mortal_engine(project.folder), **pipes) as run:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not passed(project):
            time.sleep(0.05)
        kept = passed(project)
        (project.folder / "gone").touch()
        for pid in (project.folder / "clients").read_text().split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        text, _ = run.communicate(timeout=PATIENCE)
    assert (run.returncode, text.count("no engine answers"), "Traceback" in text) == (2, 1, False), text
    assert 0 < kept <= passed(project) < len("abcdef"), text
    resumed = project.pytest("--resume", "run.sqlite", *workers)
    assert last_line(resumed.stdout) == closing(6, **{"pass": 6}), resumed.stdout + resumed.stderr


def mortal_engine(folder: Path) -> dict[str, str]:
    """An environment whose docker notes its pids in `clients`, and answers no more once there is a file `gone`."""
    command = folder / "bin" / "docker"
    command.parent.mkdir()
    command.write_text(
        f"#!/bin/sh\n[ -e {folder}/gone ] && echo 'Cannot connect.' >&2 && exit 1\n"
        f'echo $$ >>{folder}/clients\nexec {shutil.which("docker")} "$@"\n'
    )
    command.chmod(0o755)
    return {**os.environ, "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}"}


def passed(project: Project) -> int:
    """How many cells of the run have passed."""
    file = f"{(project.folder / 'run.sqlite').as_uri()}?mode=ro"
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(file, uri=True)) as run:
        return int(run.execute("SELECT count(*) FROM verdicts WHERE verdict = 'pass'").fetchone()[0])
    return 0


def test_an_image_that_is_gone_is_one_message(project: Project, chosen: tuple[str, str]) -> None:
    """A run whose image was removed cannot be gone on with, and says which to build."""
    project.scenario("a/good", GOOD, PRINT)
    assert project.pytest(*chosen, "--results", "run.sqlite").returncode == 0
    text = (project.folder / "run.sqlite").read_bytes()
    image = text[text.index(b"sha256:") :][: len("sha256:") + 64]
    (project.folder / "run.sqlite").write_bytes(text.replace(image, image[:-8] + b"00000000"))
    result = project.pytest("--resume", "run.sqlite")
    assert result.returncode == 2
    assert "is gone" in result.stderr
    assert "mpref images" in result.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--container", "cpython-2.*"], "it selects nothing"),
        (["--profile", "half-cpu"], "choose some with --container"),
        (["--container", "*", "--profile", "huge"], "there is no such profile"),
    ],
)
def test_bad_input_is_one_message(project: Project, options: list[str], said: str) -> None:
    """Status 2, and no traceback."""
    project.scenario("a/good", GOOD, PRINT)
    result = project.pytest(*options)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr + result.stdout
