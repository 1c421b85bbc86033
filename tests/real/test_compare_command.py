"""`mpref compare`, `mpref claims` and `--python-option` on runs that were really made."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import HEAD

if TYPE_CHECKING:
    from conftest import Project

ONE = """
title = "It prints one of two lines."
methods = ["none"]
trials = 2

[[expect]]
check = "text"
says = "It prints A or B."
stream = "stdout"
matches = '\\A[AB]\\n\\Z'

[[expect]]
check = "text"
says = "It prints A."
grade = "allowed"
stream = "stdout"
equals = "A\\n"
"""
CLAIMS = """
[[claim]]
id = "line.is-a"
section = "1"
en = "It prints A."
zh = "它打印 A。"
[claim.supported_by]
"a/one" = "It prints A."

[[claim]]
id = "line.is-not-a"
section = "1"
en = "It does not print A."
zh = "它不打印 A。"
[claim.contradicted_by]
"a/one" = "It prints A."
"""


@pytest.fixture
def two(project: Project) -> Project:
    """A project with two runs, in which one allowed outcome took the place of the other; and with claims."""
    for line in ("A", "B"):
        project.scenario("a/one", ONE, f"print('{line}')\n")
        result = project.pytest("--results", f"{line}.sqlite")
        assert result.returncode == 0, result.stdout + result.stderr
    (project.folder / "scenarios" / "claims.toml").write_text(CLAIMS)
    return project


def test_what_changed_between_two_runs(two: Project) -> None:
    """An outcome that changed within what is allowed is status 1 and shown both ways; a run against itself is status 0."""
    result = two.mpref("compare", "A.sqlite", "B.sqlite")
    assert result.returncode == 1, result.stderr
    for part in (
        "0 verdicts changed, 0 with other outcomes, 1 with outcomes that may be chance",
        "old 2 of 2",
        "new 2 of 2",
        "rewritten in between",
        "a/one",
    ):
        assert part in result.stdout
    markdown = two.mpref("compare", "A.sqlite", "B.sqlite", "--format", "markdown")
    assert (markdown.returncode, markdown.stdout.splitlines()[0]) == (1, "# Comparison")
    same = two.mpref("compare", "A.sqlite", "A.sqlite")
    assert (same.returncode, "0 with outcomes that may be chance" in same.stdout) == (0, True), same.stdout


def test_a_verdict_that_changed(two: Project) -> None:
    """A cell that fails in the new run is told with its reason."""
    two.scenario("a/one", ONE, "print('C')\n")
    assert two.pytest("--results", "C.sqlite").returncode == 1
    result = two.mpref("compare", "A.sqlite", "C.sqlite")
    assert (result.returncode, "pass -> fail: a/one" in result.stdout) == (1, True), result.stdout
    assert "It prints A or B." in result.stdout


def test_claims_by_a_run(two: Project) -> None:
    """A claim holds by one run and is open by the other; the other claim is refuted. Undecided is status 3."""
    result = two.mpref("claims", "A.sqlite", "--evidence")
    assert result.returncode == 0, result.stderr
    assert "claims: 2, 1 holds, 0 holds only for, 1 refuted, 0 undecided" in result.stdout
    assert "+ a/one" in result.stdout
    other = two.mpref("claims", "B.sqlite", "--format", "markdown", "--language", "zh")
    assert (other.returncode, "它打印 A。" in other.stdout) == (3, True), other.stdout
    assert "0 refuted, 2 undecided" in other.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["compare", "A.sqlite", "none.sqlite"], "no such run file"),
        (["compare", "scenarios/a/one.py", "A.sqlite"], "not a run file"),
        (["compare", "A.sqlite", "B.sqlite", "--old-environment", "pypy-*"], "no environment is called pypy-*"),
        (["compare", "A.sqlite"], "new"),
        (["claims", "none.sqlite"], "no such run file"),
        (["claims", "A.sqlite", "--scenarios", "nowhere"], "no scenarios"),
    ],
)
def test_bad_input_is_one_message(two: Project, arguments: list[str], said: str) -> None:
    """What is wrong is said once; the status is 2 and there is no traceback."""
    result = two.mpref(*arguments)
    text = result.stdout + result.stderr
    assert (result.returncode, said.lower() in text.lower(), "Traceback" in text) == (2, True, False), text


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        (None, "cannot be read"),
        (CLAIMS.replace("is-a", "Is-a"), "the id is not"),
        (CLAIMS.replace("prints A.", "prints C."), "no expectation that says"),
    ],
)
def test_bad_claims_are_one_message(two: Project, claims: str | None, said: str) -> None:
    """A missing or malformed file of claims is status 2."""
    path = two.folder / "scenarios" / "claims.toml"
    path.unlink() if claims is None else path.write_text(claims)
    result = two.mpref("claims", "A.sqlite")
    assert (result.returncode, said in result.stderr, "Traceback" in result.stderr) == (2, True, False), result.stderr


OPTION = """
title = "It tells how warnings are treated, in the program and in its child."
methods = ["default", "fork", "spawn", "forkserver"]
trials = 1
events = ["parent", "child"]

[[expect]]
check = "value"
says = "Nothing is asked."
because = "No option was given."
when = { option = "none" }
of = "parent"
field = "options"
equals = []

[[expect]]
check = "value"
says = "Warnings are errors, here and in the child."
because = "It was asked for."
when = { option = "-W error" }
of = ["parent", "child"]
field = "options"
equals = ["error"]
"""
CHILD = """
import sys
from multiprocessing import Process
from mpref_event import event

def work():
    event("child", options=list(sys.warnoptions))

if __name__ == "__main__":
    event("parent", options=list(sys.warnoptions))
    p = Process(target=work)
    p.start()
    p.join()
"""


def test_an_option_reaches_the_interpreter_and_its_name(project: Project) -> None:
    """Every trial gets it, launched or not, and its child; cells are named by it; resume and replay keep it."""
    child = OPTION.rpartition("[[expect]]")[2].replace('["parent", "child"]', '"child"')
    project.scenario(
        "a/one", OPTION.replace('of = ["parent", "child"]', 'of = "parent"') + "\n[[expect]]" + child, CHILD
    )
    assert project.pytest("--results", "plain.sqlite").returncode == 0
    result = project.pytest("--python-option=-W error", "--python-option=-X utf8", "--results", "run.sqlite")
    assert result.returncode == 0, result.stdout + result.stderr
    exported = json.loads(project.mpref("export", "run.sqlite").stdout)
    environment = exported["environments"][0]
    assert environment["options"] == ["-W", "error", "-X", "utf8"]
    assert (environment["warn_options"], "utf8" in environment["x_options"]) == (["error"], True)
    assert len(exported["cells"]) == 4
    for one in exported["cells"]:
        assert "-Werror-Xutf8-" in one["id"]
        assert one["trials"][0]["command"][:7] == [sys.executable, "-X", "faulthandler", "-W", "error", "-X", "utf8"]
    assert project.pytest("--resume", "run.sqlite").returncode == 0
    again = project.mpref("replay", "run.sqlite", f"{exported['cells'][0]['id']}#1")
    assert again.stdout.count("options=['error']") == 4, again.stdout + again.stderr
    compared = project.mpref("compare", "plain.sqlite", "run.sqlite")
    assert (compared.returncode, "options: none -> -W, error, -X, utf8" in compared.stdout) == (1, True), (
        compared.stdout
    )


@pytest.mark.parametrize("option", ["-c pass", "nonsense", "-W", "--no-such-option", "-m json.tool", ""])
@pytest.mark.parametrize("more", [(), ("-n", "2")])
def test_a_bad_option_is_one_message(project: Project, option: str, more: tuple[str, ...]) -> None:
    """What is no option, and what the interpreter refuses, is status 2 before anything runs."""
    project.scenario("a/one", ONE, "print('A')\n")
    result = project.pytest(f"--python-option={option}", *more)
    text = result.stdout + result.stderr
    assert (result.returncode, "--python-option" in text, "Traceback" in text) == (2, True, False), text


def test_options_are_not_changed_in_a_run(project: Project) -> None:
    """A run goes on with the options that it began with."""
    project.scenario("a/one", ONE, "print('A')\n")
    assert project.pytest("--results", "run.sqlite").returncode == 0
    assert project.pytest("--resume", "run.sqlite", "--python-option=-W error").returncode == 2


def test_the_carried_claims_are_sound(project: Project) -> None:
    """The project's own claims name scenarios and expectations that there are: they load, whatever the run is."""
    project.scenario("a/one", ONE, "print('A')\n")
    assert HEAD in (project.folder / "scenarios" / "a" / "one.toml").read_text()
    assert project.pytest("--results", "run.sqlite").returncode == 0
    elsewhere = project.folder / "elsewhere"
    elsewhere.mkdir()
    result = project.mpref("claims", "../run.sqlite", cwd=elsewhere)
    assert (result.returncode, "0 holds, 0 holds only for, 0 refuted" in result.stdout) == (3, True), result.stderr
