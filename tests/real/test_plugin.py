"""`pytest scenarios`, as a user runs it: outcomes, exit statuses, options, and what it says of bad input."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import sqlite3
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from small_project import FEW, GOOD, PRINT, RECORDED, closing, last_line

from mpref import clock
from mpref.options import _unused_name

if TYPE_CHECKING:
    from conftest import Project


def test_all_as_expected(project: Project) -> None:
    """A good run ends with status 0, the closing line last, and one plain run file."""
    project.scenario("a/good", GOOD, PRINT)
    result = project.pytest("--results", "run.sqlite")
    assert (result.returncode, last_line(result.stdout)) == (0, closing(1, **{"pass": 1})), (
        result.stdout + result.stderr
    )
    assert sorted(p.name for p in project.folder.glob("run.sqlite*")) == ["run.sqlite"]


def test_every_verdict_and_its_status(project: Project) -> None:
    """Fail is failed, inconclusive is failed, broken is an error, not-applicable is skipped; a failure makes the status 1."""
    project.scenario("a/good", GOOD, PRINT)
    project.scenario("a/bad", GOOD, 'print("bye")\n')
    project.scenario("a/lacking", GOOD + "", PRINT).write_text(
        "#:schema ../scenario.schema.json\n" + GOOD.replace("trials = 2", 'trials = 2\nneeds = ["os.no_such_thing"]')
    )
    project.scenario("a/vanished", GOOD + 'because = "only then"\nwhen = { python = ">=9" }\n', PRINT)
    project.scenario("a/rare", FEW + 'grade = "sometimes"\nrate = 0.01\n', 'print("bye")\n')
    result = project.pytest("--junitxml", "junit.xml")
    expected = closing(5, **{"pass": 1, "fail": 1, "inconclusive": 1, "not_applicable": 1, "broken": 1})
    assert (result.returncode, last_line(result.stdout)) == (1, expected), result.stdout + result.stderr
    suite = ET.parse(project.folder / "junit.xml").getroot()[0]
    counts = [suite.get(name) for name in ("tests", "failures", "errors", "skipped")]
    assert counts == ["5", "2", "1", "1"]


def test_a_failure_shows_the_evidence(project: Project) -> None:
    """A failure shows expectation, reason, histogram and the witness, and no Python traceback of the harness."""
    declaration = RECORDED + 'because = "the program says so"\nwhen = { method = "none" }\n'
    program = "from mpref_event import event\nevent('one', n=1)\nevent('one', 'printed', n=2)\n"
    project.scenario("a/twice", declaration, program)
    result = project.pytest()
    for part in ("It is recorded once.", "the program says so", "1 of 1", "witness: trial 1", "one  n=2", "printed"):
        assert part in result.stdout
    assert "Traceback" not in result.stdout + result.stderr
    assert result.returncode == 1


@pytest.mark.parametrize(("program", "status", "word"), [("pass\n", 3, "broken"), (PRINT, 3, "inconclusive")])
def test_nothing_failed_but_something_is_open(project: Project, program: str, status: int, word: str) -> None:
    """Broken and inconclusive cells alone make the status 3."""
    if word == "broken":
        order = '[[expect]]\ncheck = "happens-before"\nsays = "one is first"\nfirst = "one"\nthen = "two"\n'
        project.scenario("a/lost", RECORDED.partition("[[")[0].replace('"one"', '"one", "two"') + order, program)
    else:
        rare = FEW.replace("hello", "bye") + 'grade = "sometimes"\nrate = 0.01\n'
        project.scenario("a/rare", rare, program)
    result = project.pytest()
    assert result.returncode == status, result.stdout
    assert f"1 {word}" in last_line(result.stdout)


def test_workers_share_one_run(project: Project) -> None:
    """Under `-n 2` the cells are the same, in one run file, and no process is left."""
    for number in range(6):
        project.scenario(f"a/good{number}", GOOD, PRINT)
    result = project.pytest("-n", "2", "--max-worker-restart=0", "--results", "run.sqlite")
    assert (result.returncode, last_line(result.stdout)) == (0, closing(6, **{"pass": 6})), (
        result.stdout + result.stderr
    )
    assert sorted(p.name for p in project.folder.glob("run.sqlite*")) == ["run.sqlite"]


def test_selection_and_last_failed(project: Project) -> None:
    """`-k` and `--lf` choose cells by their ids."""
    project.scenario("a/good", GOOD, PRINT)
    project.scenario("a/bad", GOOD, 'print("bye")\n')
    assert last_line(project.pytest("-k", "good").stdout) == closing(1, **{"pass": 1})
    project.pytest()
    assert last_line(project.pytest("--lf").stdout) == closing(1, fail=1)


def interrupted(project: Project, number: signal.Signals) -> str:
    """A run of three cells, the second of which waits until the run is sent the signal."""
    project.scenario("a/first", GOOD, PRINT)
    waiting = (
        "import os, time\n"
        "if not os.path.exists(FLAG):\n"
        "    open(FLAG, 'w').close()\n"
        "    time.sleep(2)\n"
        "print('hello')\n"
    )
    flag = project.folder / "flag"
    project.scenario("b/second", GOOD, waiting.replace("FLAG", repr(str(flag))))
    project.scenario("c/third", GOOD, PRINT)
    command = project.command("pytest", "scenarios", "--results", "run.sqlite")
    running = subprocess.Popen(command, cwd=project.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    while not flag.exists():
        assert running.poll() is None
        time.sleep(0.01)
    running.send_signal(number)
    out, _ = running.communicate()
    return out


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_resume_runs_what_is_missing(project: Project, number: signal.Signals) -> None:
    """After Ctrl-C or SIGKILL in mid-run the finished cells are there, nothing is left running, and --resume completes."""
    out = interrupted(project, number)
    if number == signal.SIGINT:
        assert last_line(out) == closing(3, **{"pass": 1, "inconclusive": 2}), out
        assert "2 planned cells did not run" in out
    result = project.pytest("--resume", "run.sqlite")
    assert (result.returncode, last_line(result.stdout)) == (0, closing(3, **{"pass": 3})), (
        result.stdout + result.stderr
    )
    exported = project.mpref("export", "run.sqlite").stdout
    assert exported.count('"trial":1,') == 3
    assert leftovers(str(project.folder)) == []


def leftovers(folder: str) -> list[str]:
    """Command lines of running processes that name the folder; given a moment, as guardians work beside us."""
    for _ in range(100):
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if folder in line and int(entry.name) != os.getpid():
                found.append(line)
        if not found:
            return []
        time.sleep(0.1)
    return found


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_a_full_disk_keeps_what_was_finished(project: Project, workers: tuple[str, ...]) -> None:
    """On a disk that fills up the run stops with one message; the finished trials can be read and gone on with."""
    disk = project.folder / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)], check=False, capture_output=True
    ).returncode:
        pytest.skip("needs the right to mount a tmpfs")
    try:
        project.scenario("a/good", GOOD, PRINT)
        loud = "import random\nprint(random.randbytes(60000).hex())\n"
        never = GOOD.replace('says = "It', 'grade = "never"\nsays = "It').replace("trials = 2", "trials = 9")
        for name in ("b/loud", "c/loud", "d/loud", "e/loud"):
            project.scenario(name, never, loud)
        result = project.pytest("--results", str(disk / "run.sqlite"), *workers)
        text = result.stdout + result.stderr
        assert (result.returncode, text.count("disk is full"), "Traceback" in text) == (2, 1, False), text
        assert "pass" in project.mpref("regrade", str(disk / "run.sqlite")).stdout
        subprocess.run(["mount", "-o", "remount,size=100m", str(disk)], check=True)
        resumed = project.pytest("--resume", str(disk / "run.sqlite"), *workers)
        assert last_line(resumed.stdout) == closing(5, **{"pass": 5}), resumed.stdout + resumed.stderr
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_the_dearest_cells_come_first_among_workers(project: Project) -> None:
    """Workers begin with what takes longest, and queue little, so that none is waited for at the end."""
    for name in "abcdefgh":
        project.scenario(f"{name}/cheap", GOOD, PRINT)
    project.scenario("z/dear", GOOD.replace("trials = 2", "trials = 3"), PRINT)
    assert project.pytest("-n", "2", "--results", "run.sqlite").returncode == 0
    assert "z/dear" in " ".join(cell for cell, _, _ in trials(project)[:3])


def trials(project: Project) -> list[tuple[str, float, float]]:
    """(cell, start, end) of a run's trials, in their order, in seconds since the epoch."""
    with contextlib.closing(sqlite3.connect(project.folder / "run.sqlite")) as run:
        rows = run.execute(
            "SELECT cell, json_extract(record, '$.started') AS started, wall FROM trials ORDER BY started"
        )
        return [(cell, started, started + wall) for cell, started, wall in rows]


def test_who_needs_the_machine_goes_ahead(project: Project) -> None:
    """Among workers what is to run alone runs first, one trial after the other, before any other begins."""
    for name in "abcdefgh":
        project.scenario(f"{name}/cheap", GOOD, PRINT)
    for name in "xyz":
        project.scenario(f"{name}/alone", GOOD.replace("trials = 2", "trials = 2\nalone = true"), PRINT)
    assert project.pytest("-n", "3", "--results", "run.sqlite").returncode == 0
    in_order = trials(project)
    assert ["alone" in cell for cell, _, _ in in_order] == [True] * 6 + [False] * 16
    assert all(start >= end for (_, _, end), (_, start, _) in itertools.pairwise(in_order[:7]))


def test_an_error_in_another_test_is_that_tests(project: Project) -> None:
    """Who tests with mpref's own errors finds them as failures, and the session goes on."""
    tests = "def test_one():\n    raise UsageError('wrong')\n\n\ndef test_two():\n    pass\n"
    (project.folder / "test_mine.py").write_text(f"from mpref.errors import UsageError\n\n\n{tests}")
    result = project.run("pytest", "test_mine.py")
    assert (result.returncode, "1 failed, 1 passed" in result.stdout) == (1, True), result.stdout


def test_the_session_python_is_the_default(project: Project) -> None:
    """Without --python the interpreter that runs pytest is the one under test."""
    project.scenario("a/good", GOOD, "import sys\nprint('hello', file=sys.stdout if sys.executable == PATH else sys.stderr)\n"
                     .replace("PATH", repr(sys.executable)))  # fmt: skip
    assert project.pytest().returncode == 0


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_a_changed_scenario_is_not_gone_on_with(project: Project, workers: tuple[str, ...]) -> None:
    """A run is not resumed with a program or a declaration that was changed meanwhile."""
    project.scenario("a/good", GOOD, PRINT)
    assert project.pytest("--results", "run.sqlite").returncode == 0
    project.scenario("a/good", GOOD, PRINT + PRINT)
    result = project.pytest("--resume", "run.sqlite", *workers)
    assert (result.returncode, "was changed since the run" in result.stdout) == (2, True), result.stdout + result.stderr


def test_a_run_keeps_its_interpreters(project: Project) -> None:
    """A run is not resumed with another interpreter, chosen or put in the place of the old one."""
    project.scenario("a/good", GOOD, PRINT)
    wrapper = project.folder / "python"
    wrapper.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    wrapper.chmod(0o755)
    assert project.pytest("--results", "run.sqlite", "--python", str(wrapper)).returncode == 0
    assert project.pytest("--resume", "run.sqlite", "--python", str(wrapper)).returncode == 2
    assert project.pytest("--resume", "run.sqlite").returncode == 0
    wrapper.write_text("#!/bin/sh\nexit 3\n")
    assert project.pytest("--resume", "run.sqlite").returncode == 2


def test_a_budget_is_told_and_resumed(project: Project) -> None:
    """What a budget cut off is inconclusive, says so, and is completed by --resume."""
    project.scenario("a/good", GOOD, PRINT)
    result = project.pytest("--results", "run.sqlite", "--budget", "0s")
    assert (result.returncode, "cut off by --budget 0s" in result.stdout) == (3, True), result.stdout
    assert last_line(project.pytest("--resume", "run.sqlite").stdout) == closing(1, **{"pass": 1})


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_without_scenarios_the_carried_ones_are_run(tmp_path: Path, project: Project, workers: tuple[str, ...]) -> None:
    """From a directory without any; what was asked for is looked at before the session begins, and changes nothing."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    one = ("-k", "process and shown")
    for options in ((), ("--trials", "1")):
        result = project.pytest(*one, *options, *workers, cwd=elsewhere)
        assert last_line(result.stdout) == closing(1, **{"pass": 1}), result.stdout + result.stderr


def test_an_unrelated_project_is_left_alone(tmp_path: Path, project: Project) -> None:
    """Where no scenario is asked for, pytest's own statuses stand and no file is made."""
    folder = tmp_path / "unrelated"
    folder.mkdir()
    for arguments, status in ((["nowhere"], 4), ([], 5), (["-n", "2"], 5)):
        assert project.run("pytest", *arguments, cwd=folder).returncode == status
    (folder / "test_one.py").write_text("def test_one():\n    assert True\n")
    result = project.run("pytest", cwd=folder)
    assert (result.returncode, "scenarios:" in result.stdout, (folder / ".mpref").exists()) == (0, False, False)


def test_two_runs_of_one_second_do_not_meet(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run file named by the time is a new one, whatever the clock says."""
    monkeypatch.setattr(clock, "now", lambda: 0.0)
    monkeypatch.chdir(project.folder)
    first = _unused_name()
    first.parent.mkdir()
    first.touch()
    assert (first.name, _unused_name().name) == ("run-19700101-000000.sqlite", "run-19700101-000000-2.sqlite")


def test_a_run_on_a_read_only_disk(project: Project) -> None:
    """A run that lies where nothing can be written is read and regraded; going on with it there is refused."""
    project.scenario("a/good", GOOD, PRINT)
    disk = project.folder / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(disk)], check=False, capture_output=True).returncode:
        pytest.skip("needs the right to mount a tmpfs")
    try:
        assert project.pytest("--results", "disk/run.sqlite").returncode == 0
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        assert project.mpref("regrade", "disk/run.sqlite").returncode == 0
        result = project.pytest("--resume", "disk/run.sqlite")
        text = result.stdout + result.stderr
        assert (result.returncode, "disk/run.sqlite" in text, "Traceback" in text) == (2, True, False), text
    finally:
        subprocess.run(["umount", str(disk)], check=True)
