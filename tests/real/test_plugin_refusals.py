"""`pytest scenarios` given what it cannot use: one message, exit status 2, no traceback."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from interpreters import OUT_OF_SCOPE
from small_project import GOOD, PRINT, RECORDED

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project


BAD_DECLARATIONS = {
    "malformed": ("title = 'x\n", PRINT, "not valid TOML"),
    "unknown key": (GOOD.replace("trials", "trails"), PRINT, "trails"),
    "unknown label": (RECORDED.replace('of = "one"', 'of = "won"'), PRINT, "won"),
    "no program": (GOOD, None, "program is missing"),
    "syntax error": (GOOD, "print(\n", "syntax error"),
}


@pytest.mark.parametrize("name", BAD_DECLARATIONS)
def test_a_bad_declaration_is_one_message(project: Project, name: str) -> None:
    """What is wrong with a declaration is said once, with the file, and the status is 2."""
    declaration, program, said = BAD_DECLARATIONS[name]
    path = project.scenario("a/bad", declaration, program or "")
    if program is None:
        path.with_suffix(".py").unlink()
    for result in (project.pytest(), project.mpref("list")):
        assert result.returncode == 2, result.stdout
        text = result.stdout + result.stderr
        assert said in text
        assert "bad." in text
        assert "Traceback" not in text


def dies(path: Path) -> None:
    path.write_text("#!/bin/sh\nexit 7\n")
    path.chmod(0o755)


def no_python(path: Path) -> None:
    path.write_text("#!/bin/sh\necho hello\n")
    path.chmod(0o755)


def plain_file(path: Path) -> None:
    path.write_text("hello")


@pytest.mark.parametrize(("make", "said"), [(None, "no such file"), (dies, "not a working Python"),
                                            (no_python, "not a working Python"), (plain_file, "cannot be started")])  # fmt: skip
def test_a_bad_interpreter_is_one_message(project: Project, make: object, said: str) -> None:
    """A path that is missing, no Python, or dies at start is one message and status 2."""
    project.scenario("a/good", GOOD, PRINT)
    path = project.folder / "fake-python"
    if callable(make):
        make(path)
    for more in ([], ["-n", "2"]):
        result = project.pytest("--python", str(path), *more)
        text = result.stdout + result.stderr
        assert (result.returncode, said in text, "Traceback" in text) == (2, True, False), text


@pytest.mark.parametrize("arguments", [["--trials", "0"], ["--budget", "soon"], ["--start-method", "teleport"], ["--regime", "x"],
                                       ["--resume", "none.sqlite"], ["-k", "nothing"], ["no/such/folder"]])  # fmt: skip
def test_bad_arguments_are_status_2(project: Project, arguments: list[str]) -> None:
    """Malformed options are refused with status 2 and no traceback."""
    project.scenario("a/good", GOOD, PRINT)
    result = project.pytest(*arguments)
    assert "Traceback" not in result.stdout + result.stderr
    assert result.returncode == 2, result.stdout + result.stderr


def test_nothing_is_overwritten(project: Project) -> None:
    """A results file that is there already is refused and left as it is."""
    project.scenario("a/good", GOOD, PRINT)
    (project.folder / "run.sqlite").write_text("mine")
    result = project.pytest("--results", "run.sqlite")
    assert result.returncode == 2
    assert (project.folder / "run.sqlite").read_text() == "mine"


def test_a_run_has_one_scenario_of_a_name(project: Project) -> None:
    """Two folders with a scenario of the same chapter and stem are refused: they would share a verdict."""
    project.scenario("a/good", GOOD, PRINT)
    shutil.copytree(project.folder / "scenarios", project.folder / "more")
    result = project.pytest("more")
    assert (result.returncode, "another scenario a/good" in result.stdout) == (2, True), result.stdout


def test_a_run_file_that_cannot_be_made_is_one_message(project: Project) -> None:
    """A place where no file can be made is refused once, with status 2."""
    project.scenario("a/good", GOOD, PRINT)
    for more in ([], ["-n", "2"]):
        result = project.pytest("--results", "/proc/run.sqlite", *more)
        text = result.stdout + result.stderr
        assert (result.returncode, text.count("/proc/run.sqlite"), "Traceback" in text) == (2, 1, False), text


def test_a_program_that_is_not_utf8_is_one_message(project: Project) -> None:
    """A program in another encoding is refused, not read wrongly."""
    path = project.scenario("a/good", GOOD, PRINT)
    path.with_suffix(".py").write_bytes(b"# -*- coding: latin-1 -*-\nprint('\xe9')\n")
    result = project.pytest()
    assert (result.returncode, "not UTF-8" in result.stdout, "Traceback" in result.stdout) == (2, True, False)


def test_a_recording_program_without_events_is_one_message(project: Project) -> None:
    """A program that records needs its labels declared."""
    project.scenario("a/good", GOOD, "from mpref_event import event\nevent('one', 'hello')\n")
    result = project.pytest()
    assert (result.returncode, "names no `events`" in result.stdout) == (2, True)


@pytest.mark.parametrize("name", OUT_OF_SCOPE)
def test_an_old_python_is_one_message(project: Project, name: str) -> None:
    """A Python that is too old says its version, 2.7 too, and is refused."""
    project.scenario("a/good", GOOD, PRINT)
    result = project.pytest("--python", OUT_OF_SCOPE[name])
    text = result.stdout + result.stderr
    assert (result.returncode, "out of scope" in text, "Traceback" in text) == (2, True, False), text


def test_a_program_that_hides_a_module_is_one_message(project: Project) -> None:
    """A program with the name of a standard module would be imported by every program beside it."""
    project.scenario("a/good", GOOD, PRINT)
    project.scenario("a/random", GOOD, PRINT)
    result = project.pytest()
    said = "hide the standard library's module `random`" in result.stdout
    assert (result.returncode, said, "Traceback" in result.stdout) == (2, True, False), result.stdout
