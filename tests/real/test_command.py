"""The command `mpref` on runs that were really made: list, doctor, regrade, export, replay."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from mpref.show.export import schema

if TYPE_CHECKING:
    from conftest import Project

ROOT = Path(__file__).parent.parent.parent
DECLARATION = """
title = "It records one event."
methods = ["default", "spawn"]
events = ["one"]
trials = 2

[[expect]]
check = "value"
says = "The number is 1."
of = "one"
field = "number"
equals = 1
"""
PROGRAM = """
import os
from mpref_event import event

if __name__ == "__main__":
    event("one", "a line \\udcff".encode("utf-8", "replace").decode(), number=1)
"""


@pytest.fixture
def ran(project: Project) -> Project:
    """A project with a run of two cells, two trials each, in `run.sqlite`."""
    project.scenario("a/one", DECLARATION, PROGRAM)
    result = project.pytest("--results", "run.sqlite")
    assert result.returncode == 0, result.stdout + result.stderr
    return project


def cell(project: Project, method: str) -> str:
    exported = json.loads(project.mpref("export", "run.sqlite").stdout)
    return next(c["id"] for c in exported["cells"] if f"-{method}-" in c["id"])


def test_list_tells_each_scenario(project: Project) -> None:
    """The list names scenarios, what they show and what they check."""
    project.scenario("a/one", DECLARATION, PROGRAM)
    result = project.mpref("list")
    assert result.returncode == 0
    for part in ("a/one: It records one event.", "default, spawn", "value", "1 scenarios"):
        assert part in result.stdout


def test_list_without_scenarios_is_the_carried_ones(tmp_path: Path, project: Project) -> None:
    """From a directory without scenarios the project's own are listed."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    result = project.mpref("list", cwd=elsewhere)
    assert (result.returncode, "process/join" in result.stdout) == (0, True)


def test_doctor_tells_what_each_thing_means(project: Project) -> None:
    """The doctor names interpreters, start methods, cores, /dev/shm, containment and clock, each with its meaning."""
    result = project.mpref("doctor", "--python", project.command("x")[0])
    assert result.returncode == 0, result.stderr
    for part in ("spawn", "cores", "clock", "limit", "find", "kill", "out of reach", "containers", "terminals"):
        assert part in result.stdout
    assert result.stdout.count("-> ") * 2 == len(result.stdout.splitlines())


def test_export_keeps_its_schema(ran: Project) -> None:
    """An exported run is valid by the published schema, which is fresh."""
    exported = json.loads(ran.mpref("export", "run.sqlite").stdout)
    jsonschema.validate(exported, schema())
    assert json.loads((ROOT / "docs" / "export.schema.json").read_text()) == json.loads(json.dumps(schema()))
    assert [len(c["trials"]) for c in exported["cells"]] == [2, 2]
    assert exported["cells"][0]["trials"][0]["events"][0]["fields"] == {"number": 1}


def test_regrade_of_an_unchanged_run_differs_in_nothing(ran: Project) -> None:
    """Judging again by the same declarations changes no verdict and runs nothing."""
    before = (ran.folder / "run.sqlite").read_bytes()
    result = ran.mpref("regrade", "run.sqlite")
    assert (result.returncode, result.stdout.splitlines()[0]) == (0, "no verdict differs")
    assert (ran.folder / "run.sqlite").read_bytes() == before


def test_regrade_by_a_changed_declaration(ran: Project) -> None:
    """A changed declaration gives new verdicts on the old histories; --stored takes the old declaration."""
    ran.scenario("a/one", DECLARATION.replace("equals = 1", "equals = 2"), PROGRAM)
    result = ran.mpref("regrade", "run.sqlite")
    assert result.returncode == 1
    assert result.stdout.count("pass -> fail") == 2
    assert ran.mpref("regrade", "run.sqlite", "--stored").returncode == 0
    assert ran.mpref("regrade", "run.sqlite", "--update").returncode == 1
    assert "no verdict differs" in ran.mpref("regrade", "run.sqlite").stdout


def test_replay_runs_the_same_command(ran: Project) -> None:
    """A replayed trial is the stored command again, shown beside what was stored."""
    name = cell(ran, "spawn")
    result = ran.mpref("replay", "run.sqlite", f"{name}#2")
    assert result.returncode == 0, result.stderr
    stored, again = result.stdout.split("again: ")
    assert "number=1" in stored
    assert "number=1" in again


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["replay", "run.sqlite", "a/none[x]#1"], "no trial"),
        (["replay", "run.sqlite", "nonsense"], "no trial"),
        (["regrade", "none.sqlite"], "no such run file"),
        (["regrade", "run.sqlite", "--scenarios", "nowhere"], "no scenarios"),
        (["export", "run.sqlite", "-o", "nowhere/x.json"], "nowhere/x.json"),
        (["export", "scenarios/a/one.toml"], "not a run file"),
        (["list", "--scenarios", "nowhere"], "no scenarios"),
        (["doctor", "--python", "nowhere/python"], "no such file"),
        (["no-such-command"], "no-such-command"),
        (["regrade"], "run"),
    ],
)
def test_bad_input_is_one_message(ran: Project, arguments: list[str], said: str) -> None:
    """What is wrong is said once; the status is 2 and there is no traceback."""
    result = ran.mpref(*arguments)
    text = result.stdout + result.stderr
    assert (result.returncode, said.lower() in text.lower(), "Traceback" in text) == (2, True, False), text


def test_a_run_carries_what_it_ran(ran: Project) -> None:
    """Where the scenarios are gone a run can still be regraded and replayed, and replay says so."""
    name = cell(ran, "default")
    for path in (ran.folder / "scenarios" / "a").iterdir():
        path.unlink()
    assert ran.mpref("regrade", "run.sqlite").returncode == 0
    result = ran.mpref("replay", "run.sqlite", f"{name}#1")
    assert (result.returncode, "is not what it was" in result.stderr) == (0, True), result.stdout + result.stderr
    assert result.stdout.count("number=1") == 2


def test_what_a_terminal_cannot_show_is_spelt_out(project: Project) -> None:
    """With an ASCII output a title in another script is escaped, and there is no traceback."""
    project.scenario("a/one", DECLARATION.replace("It records", "Übung macht"), PROGRAM)
    result = subprocess.run(
        project.command("mpref", "list"), cwd=project.folder, env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (result.returncode, "\\xdcbung" in result.stdout) == (0, True), result.stderr
