"""Comparing two judged runs: what belongs together, what counts as a difference, and what the reports say of it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from judge_fakes import environment

from mpref.environment import Cell, Environment
from mpref.errors import UsageError
from mpref.judge.compare import Comparison, compare, matched
from mpref.judge.defaults import DEFAULTS
from mpref.judge.judged import JudgedRun
from mpref.judge.verdict import RULES, CellVerdict, Finding
from mpref.show.compare import comparison_markdown, comparison_report, exit_status

OLD, NEW = environment("3.13.0"), environment("3.14.10", default_method="forkserver", build="other")


def finding(says: str = "It is so.", grade: str = "always", **histogram: int) -> Finding:
    counts = histogram or {"A": 3}
    plain = {
        "seen": 3,
        "undecided": 0,
        "trials": sum(counts.values()),
        "witness": None,
        "message": "",
        "verdict": "pass",
    }
    return msgspec.convert({**plain, "says": says, "grade": grade, "check": "count", "histogram": counts}, Finding)


def run(
    where: Environment = OLD, verdict: str | None = "pass", findings: tuple[Finding, ...] = (finding(),), **changes: Any
) -> JudgedRun:
    """A run of one cell for each of the methods given (by default fork and spawn)."""
    cells = [
        msgspec.convert({"scenario": "c/s", "environment": where.name, "method": method, "stream": "pipe"}, Cell)
        for method in changes.pop("methods", ("fork", "spawn"))
    ]
    plain = {"reason": f"it is {verdict}", "trials": 3, "findings": findings}
    verdicts = {c.id: msgspec.convert({**plain, "cell": c, "verdict": verdict}, CellVerdict) for c in cells if verdict}
    return JudgedRun(**{"environments": (where,), "cells": tuple(cells), "verdicts": verdicts, **changes})


def reports(compared: Comparison) -> list[str]:
    return [comparison_report(compared), comparison_markdown(compared)]


def test_a_run_against_itself_shows_no_difference():
    """Nothing differs, and the status is 0."""
    compared = compare(run(), run())
    assert (compared.compared, compared.differs, exit_status(compared)) == (2, False, 0)
    for report in reports(compared):
        assert "2 cells in both runs, 0 verdicts changed, 0 with other outcomes" in report


def test_environments_come_first_and_are_no_difference():
    """Cells are matched without the version; how the environments differ is told before the rest."""
    compared = compare(run(OLD), run(NEW))
    assert exit_status(compared) == 0
    assert {d.field: (d.old, d.new) for d in compared.pairs[0].differences} == {
        "version": ("3.13.0", "3.14.10"),
        "implementation_version": ("3.13.0", "3.14.10"),
        "build": ("main", "other"),
        "default_method": ("fork", "forkserver"),
    }
    assert reports(compared)[0].startswith(
        "cpython-3.13.0-linux -> cpython-3.14.10-linux\n    version: 3.13.0 -> 3.14.10"
    )


def test_capabilities_by_name():
    """Of many capabilities those are told that came or went."""
    richer = environment("3.14.10", capabilities=("os.fork", "os.readinto"))
    for report in reports(compare(run(OLD), run(richer))):
        assert "capabilities: gone: os.openpty; new: os.readinto" in report


@pytest.mark.parametrize(("old", "new", "words"), [("pass", "fail", "pass -> fail"), ("pass", None, "pass -> not run"),
                                                   (None, "pass", "not run -> pass")])  # fmt: skip
def test_a_changed_verdict(old: str | None, new: str | None, words: str):
    """A verdict that changed is told once for all cells of a scenario, with the new reason; so is a cell that did not run."""
    compared = compare(run(OLD, old), run(NEW, new))
    assert exit_status(compared) == 1
    for report in reports(compared):
        assert report.count(words) == 1
        assert "2 verdicts changed" in report
        assert "cpython-3.14.10-linux-fork-pipe" in report
        assert (f"it is {new}" in report) == (new is not None)


def outcomes(old: dict[str, int], new: dict[str, int]) -> Comparison:
    return compare(run(OLD, findings=(finding(**old),)), run(NEW, findings=(finding(**new),)))


def test_an_outcome_that_only_one_run_has():
    """Both are allowed and both pass; an outcome that one of them alone shows is a difference all the same."""
    compared = outcomes({"A": 3}, {"B": 3})
    assert (exit_status(compared), len(compared.changes), compared.changes[0].outcomes[0].maybe_chance) == (1, 2, False)
    for report in reports(compared):
        assert "It is so." in report
        assert "0 verdicts changed, 2 with other outcomes, 0 with outcomes that may be chance" in report


@pytest.mark.parametrize(
    ("old", "new", "chance"),
    [
        ({"A": 2, "B": 1}, {"A": 3}, True),
        ({"A": 3}, {"A": 2, "B": 1}, True),
        ({"A": 50, "B": 50}, {"A": 20}, False),
        ({"A": 99, "B": 1}, {"A": 20}, True),
        ({"A": 3}, {"B": 3}, False),
    ],
)
def test_what_may_be_chance_is_marked(old: dict[str, int], new: dict[str, int], chance: bool):
    """An outcome so rare that so few trials may miss it is marked, and stays a difference."""
    compared = outcomes(old, new)
    assert compared.changes[0].maybe_chance is chance
    assert exit_status(compared) == 1
    assert ("(may be chance)" in comparison_report(compared)) is chance


def of_aspect(aspect: str, **histogram: int) -> Finding:
    return msgspec.structs.replace(finding(**histogram), aspect=aspect)


@pytest.mark.parametrize("aspect", sorted({default.aspect for default in DEFAULTS}))
@pytest.mark.parametrize(
    ("old", "new", "chance"),
    [
        ({"one": 2}, {"two": 2}, True),
        ({"one": 4, "two": 1}, {"two": 9}, True),
        ({"one": 9}, {"two": 9}, False),
    ],
)
def test_who_is_still_there_is_a_matter_of_moments(aspect: str, old: dict[str, int], new: dict[str, int], chance: bool):
    """One helper or two at the program's end may be chance, unless many trials agree; what is left after the grace is not."""
    found = of_aspect(aspect, **old), of_aspect(aspect, **new)
    compared = compare(*(run(where, findings=(one,)) for where, one in zip((OLD, NEW), found, strict=True)))
    assert compared.changes[0].maybe_chance is (chance and aspect == "left at exit")


@pytest.mark.parametrize(
    ("old", "new", "chance"),
    [
        ({"A": 1, "B": 1}, {"C": 2}, True),
        ({"C": 2}, {"A": 1, "B": 1}, True),
        ({"A": 9, "B": 1}, {"C": 10}, False),
    ],
)
def test_what_varies_within_a_run_may_vary_between_two(old: dict[str, int], new: dict[str, int], chance: bool):
    """Where one run shows several outcomes chance has a part, whatever the grade; many trials tell all the same."""
    assert outcomes(old, new).changes[0].maybe_chance is chance


@pytest.mark.parametrize("ending", ["endless", "endless, foreseen", "exited"])
def test_no_two_storms_are_alike(ending: str):
    """How far a storm got before it was ended tells nothing; what a program did that ended by itself does."""
    end = of_aspect("end", **{ending: 1})
    old, new = (
        run(where, findings=(end, finding(**{what: 1}))) for where, what in ((OLD, "698 pids"), (NEW, "676 pids"))
    )
    assert compare(old, new).changes[0].maybe_chance is (ending != "exited")


@pytest.mark.parametrize(
    ("grade", "trials", "chance"), [("always", 3, False), ("allowed", 3, True), ("sometimes", 20, False)]
)
def test_nothing_in_common(grade: str, trials: int, chance: bool):
    """Outcomes of which none is in both runs may be chance where the grade leaves room for it, and trials are few."""
    old, new = (
        run(where, findings=(finding(grade=grade, **{name: trials}),)) for where, name in ((OLD, "A"), (NEW, "B"))
    )
    assert compare(old, new).changes[0].maybe_chance is chance


def test_other_counts_of_the_same_outcomes_are_no_difference():
    """How often each was seen is chance."""
    assert exit_status(outcomes({"A": 2, "B": 1}, {"A": 1, "B": 9})) == 0


def test_an_expectation_for_one_version_only():
    """What is declared for one of the two versions alone is shown as such."""
    compared = compare(run(OLD, findings=(finding("Old."), finding("Both."))), run(NEW, findings=(finding("Both."),)))
    assert [one.says for one in compared.changes[0].outcomes] == ["Old."]
    for report in reports(compared):
        assert "declared for the old one only: Old." in report


def test_expectations_of_one_sentence_are_told_apart():
    """Two expectations that say the same are compared each with its own."""
    twins = (finding("So.", A=3), finding("So.", B=3))
    assert not compare(run(OLD, findings=twins), run(NEW, findings=twins)).changes


def test_missing_and_new_cells():
    """A cell that one run alone has is named, and is a difference."""
    compared = compare(run(OLD, methods=("fork", "spawn")), run(NEW, methods=("spawn", "default")))
    assert exit_status(compared) == 1
    for report in reports(compared):
        assert "missing: " in report
        assert "c/s[cpython-3.13.0-linux-fork-pipe]" in report
        assert "c/s[cpython-3.14.10-linux-default-pipe]" in report
        assert "1 cells in both runs" in report


def test_what_the_reader_has_to_know():
    """Scenarios that were rewritten in between, and rules that differ, are told before the changes."""
    other = run(NEW, sources={"c/s": "2"})
    verdicts = {key: msgspec.structs.replace(verdict, rules=99) for key, verdict in other.verdicts.items()}
    compared = compare(run(OLD, sources={"c/s": "1"}), msgspec.structs.replace(other, verdicts=verdicts))
    for report in reports(compared):
        assert "rewritten in between, so that more than Python may have changed: c/s" in report
        assert f"different rules ({RULES} and 99)" in report


def names(partners: dict[str, Environment]) -> dict[str, str]:
    return {old: new.version for old, new in partners.items()}


def test_environments_are_matched_one_to_one():
    """Those of one name first, then of one minor version, then of one kind; two alone whatever they are."""
    e = environment
    assert names(matched([e("3.13.0")], [e("3.14.10")])) == {"cpython-3.13.0-linux": "3.14.10"}
    assert names(matched([e("3.13.0"), e("3.12.1")], [e("3.13.2"), e("3.12.1")])) == {
        "cpython-3.12.1-linux": "3.12.1",
        "cpython-3.13.0-linux": "3.13.2",
    }
    assert names(matched([e("3.12.1"), e("3.13.0")], [e("3.13.5"), e("3.14.0")])) == {
        "cpython-3.13.0-linux": "3.13.5",
        "cpython-3.12.1-linux": "3.14.0",
    }
    assert names(matched([e("3.13.0")], [e("3.13.0", options=("-W", "error"))])) == {"cpython-3.13.0-linux": "3.13.0"}


def test_an_environment_without_a_partner():
    """It is named, and its cells are neither compared nor listed one by one."""
    pypy = environment("3.11.13", implementation="pypy")
    old = run(OLD)
    both = JudgedRun(environments=(OLD, pypy), cells=(*old.cells, *run(pypy).cells), verdicts=old.verdicts)
    compared = compare(old, both)
    assert (compared.compared, compared.missing, compared.new, exit_status(compared)) == (2, (), (), 1)
    for report in reports(compared):
        assert "only in the new run: pypy-3.11.13-linux" in report


def test_what_is_not_clear_is_refused():
    """Where several could belong together the user is asked to choose."""
    e = environment
    with pytest.raises(UsageError, match="--old-environment"):
        matched([e("3.11.0"), e("3.12.0")], [e("3.13.0"), e("3.14.0")])
    with pytest.raises(UsageError, match=r"3\.12\.0.*3\.13\.0"):
        matched([e("3.12.0")], [e("3.13.0"), e("3.14.0")])


@pytest.mark.parametrize(
    ("by_chance", "verdict", "trials", "chance"),
    [(True, "pass", 2, True), (True, "fail", 2, False), (False, "pass", 2, False), (True, "pass", 20, False)],
)
def test_one_of_several_that_are_allowed(by_chance: bool, verdict: str, trials: int, chance: bool):
    """Which of the outcomes that pass is drawn may be chance where that is declared to have a part, and trials are few."""
    old, new = (
        msgspec.structs.replace(finding(**{name: trials}), by_chance=by_chance, verdict=verdict) for name in ("A", "B")
    )
    assert compare(run(findings=(old,)), run(NEW, findings=(new,))).changes[0].maybe_chance is chance
