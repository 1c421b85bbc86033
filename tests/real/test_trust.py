"""How far a run can be trusted, as a user sees it: provoked orders, efforts, and controls that make a run invalid."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from small_project import GOOD, PRINT, closing, last_line

if TYPE_CHECKING:
    from conftest import Project

RACE = """
title = "The child runs before the parent has joined it."
methods = ["none"]
needs = ["os.fork"]
events = ["child-runs", "joined"]
trials = 1

[[expect]]
check = "happens-before"
says = "waitpid() waits."
first = "child-runs"
then = "joined"
"""
FORKS = """
import os

from mpref_event import event

pid = os.fork()
if pid == 0:
    event("child-runs")
    os._exit(0)
{}event("joined")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the program forks")
def test_an_order_is_attacked(project: Project) -> None:
    """An order that holds passes under every regime; one that only seems to is broken by a provocation."""
    project.scenario("a/holds", RACE, FORKS.format("os.waitpid(pid, 0)\n"))
    project.scenario("a/lucky", RACE, FORKS.format("__import__('time').sleep(0.05)\n"))
    result = project.pytest("--results", "run.sqlite")
    assert (result.returncode, last_line(result.stdout)) == (1, closing(2, **{"pass": 1, "fail": 1})), result.stdout
    assert "regime load+delay:child-runs" in result.stdout
    shown = json.loads(project.mpref("export", "run.sqlite").stdout)
    holds = next(c["verdict"] for c in shown["cells"] if "holds" in c["id"])
    assert set(holds["findings"][0]["regimes"]) >= {"none", "load+delay:child-runs"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the program forks")
def test_quick_leaves_chance_open(project: Project) -> None:
    """`--quick` says what it did not tell, and ends with 3; so does a number of trials that is too small."""
    project.scenario("a/holds", RACE, FORKS.format("os.waitpid(pid, 0)\n"))
    project.scenario("a/good", GOOD, PRINT)
    for option in (["--quick"], ["--trials", "1"]):
        result = project.pytest(*option)
        assert (result.returncode, last_line(result.stdout)) == (3, closing(2, **{"pass": 1, "inconclusive": 1}))
        assert f"cut off by {' '.join(option)}" in result.stdout
        assert "0 in 1 without provocation: below 95 % at 95 %" in result.stdout
        accepted = project.pytest(*option, "--accept-cut-off")
        assert (accepted.returncode, last_line(accepted.stdout)) == (0, last_line(result.stdout))
        assert "1 passed, 1 skipped" in accepted.stdout


def test_quick_and_thorough_exclude_each_other(project: Project) -> None:
    """Two efforts at once are bad input."""
    project.scenario("a/good", GOOD, PRINT)
    result = project.pytest("--quick", "--thorough")
    assert result.returncode == 2
    assert "exclude each other" in result.stderr


def test_a_run_is_judged_again_on_its_own_terms(project: Project) -> None:
    """What the user chose to provoke is stored with the run: judging it again changes nothing."""
    project.scenario("a/good", GOOD, PRINT)
    project.scenario("a/holds", RACE, FORKS.format("os.waitpid(pid, 0)\n"))
    assert project.pytest("--regime", "none", "--results", "run.sqlite").returncode == 0
    again = project.mpref("regrade", "run.sqlite")
    assert again.returncode == 0
    assert "no verdict differs" in again.stdout


def test_a_scenario_that_is_gone_costs_nothing(project: Project) -> None:
    """A run is concluded without those of its scenarios that have been deleted meanwhile."""
    project.scenario("a/good", GOOD, PRINT)
    gone = project.scenario("a/gone", GOOD, PRINT)
    assert project.pytest("--results", "run.sqlite").returncode == 0
    gone.unlink()
    result = project.pytest("--resume", "run.sqlite")
    assert (result.returncode, last_line(result.stdout)) == (0, closing(2, **{"pass": 2})), (
        result.stdout + result.stderr
    )


def test_every_run_has_its_controls(project: Project) -> None:
    """The sentinels are caught, a sample of the run is compared with itself, and both are told and stored."""
    project.scenario("a/good", GOOD, PRINT)
    result = project.pytest("--results", "run.sqlite")
    assert (
        "controls: 5 sentinels in 1 environments, all caught; beside itself: 1 cells twice, the same" in result.stdout
    )
    controls = json.loads(project.mpref("export", "run.sqlite").stdout)["controls"]
    assert {one["name"] for one in controls} == {"leak", "hang", "wrong_pid", "broken_order", "one_in_ten", "itself"}
    assert all(one["ok"] for one in controls)


TAMED = """
import shutil
from pathlib import Path

from mpref import controls

tame = Path(__file__).parent / "tame"
shutil.copytree(controls.FOLDER, tame)
(tame / "{}.py").write_text({!r})
controls.FOLDER = tame
"""
RIGHT = "from mpref_event import event\nevent('answer', right=True)\n"


@pytest.mark.parametrize(
    ("stem", "program"), [("leak", "pass\n"), ("hang", "pass\n"), ("one_in_ten", RIGHT), ("broken_order", RIGHT)]
)
def test_a_control_that_misbehaves_invalidates_the_run(project: Project, stem: str, program: str) -> None:
    """A sentinel that is not caught makes the run invalid: status 3, said first, and said again by whatever reads the run."""
    project.scenario("a/good", GOOD, PRINT)
    (project.folder / "conftest.py").write_text(TAMED.format(stem, program))
    result = project.pytest("--results", "run.sqlite")
    assert result.returncode == 3, result.stdout
    assert "INVALID" in result.stdout
    assert f"control {stem} [" in result.stdout
    assert last_line(result.stdout) == closing(1, **{"pass": 1})
    again = project.mpref("regrade", "run.sqlite")
    assert again.returncode == 3
    assert f"control {stem}" in again.stderr
    assert project.mpref("compare", "run.sqlite", "run.sqlite").returncode == 3


def test_a_run_that_differs_from_itself_is_invalid(project: Project) -> None:
    """A program that behaves otherwise the next time, without chance having a part in it by its declaration."""
    project.scenario("a/good", GOOD.replace("trials = 2", "trials = 1"), PRINT)
    marker = project.folder / "marker"
    program = (
        f"from pathlib import Path\np = Path({str(marker)!r})\nprint('bye' if p.exists() else 'hello')\np.touch()\n"
    )
    project.scenario("a/fickle", GOOD.replace("trials = 2", "trials = 1"), program)
    result = project.pytest()
    assert result.returncode == 3, result.stdout
    assert "control itself [" in result.stdout
    assert "a/fickle" in result.stdout.partition("INVALID")[2]


ONE_THREAD_READS = """
import threading

from mpref import controls

class Declared(controls.Declared):
    @classmethod
    def from_path(cls, path):
        assert threading.current_thread() is threading.main_thread()
        return super().from_path(path)

controls.Declared = Declared
"""


def test_declarations_of_controls_are_read_by_one_thread(project: Project) -> None:
    """Several threads that are the first to read a declaration can end the process: msgspec learns a type at its first use."""
    project.scenario("a/good", GOOD, PRINT)
    (project.folder / "conftest.py").write_text(ONE_THREAD_READS)
    result = project.pytest("-n", "1")
    assert (result.returncode, last_line(result.stdout)) == (0, closing(1, **{"pass": 1})), result.stdout
    assert "all caught" in result.stdout
