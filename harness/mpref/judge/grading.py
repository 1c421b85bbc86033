"""Grading: from the histories of a cell and its scenario to a verdict with its evidence, and whether to go on.

Pure functions of the histories so far; their order does not matter. A cell to which no expectation applies is broken,
not passed, and so is an expectation about an event that no trial recorded: nothing may vanish silently.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .conditions import applies
from .defaults import DEFAULTS, Default
from .rules import Ruling, Tally, histogram, rule
from .verdict import CellVerdict, Finding, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mpref.environment import Cell, Environment, Method, StreamKind
    from mpref.history import History

    from .checks import Check, Observation
    from .scenario import Scenario

TERMINAL = "os.openpty"
"""The capability without which standard streams cannot be a terminal."""

UNCHOSEN = frozenset({"default", "none"})
"""Methods that every interpreter has: nothing is chosen."""


def inapplicable(scenario: Scenario, environment: Environment, method: Method, stream: StreamKind = "pipe") -> str:
    """What the environment lacks for this scenario under this method and stream, in one line; empty if nothing."""
    for name in scenario.needs:
        if name not in environment.capabilities:
            return f"{environment.name} has no {name}"
    if method not in UNCHOSEN and method not in environment.start_methods:
        return f"{environment.name} has no start method {method}"
    if stream == "terminal" and TERMINAL not in environment.capabilities:
        return f"{environment.name} has no terminals ({TERMINAL})"
    return ""


def judge_cell(
    cell: Cell, scenario: Scenario, environment: Environment, histories: Sequence[History], *, cut_off: str = ""
) -> CellVerdict:
    """The verdict on a cell, from its trials so far; `cut_off` names the user's limit that ended the drawing, if one did."""
    histories = sorted(histories, key=lambda history: history.trial)

    def verdict(name: Verdict, reason: str, findings: tuple[Finding, ...] = ()) -> CellVerdict:
        limit = cut_off if name == "inconclusive" else ""
        told = f"{reason} (cut off by {limit})" if limit else reason
        return CellVerdict(
            cell=cell, verdict=name, reason=told, trials=len(histories), findings=findings, cut_off=limit
        )

    for history in histories:
        if history.error:
            return verdict("broken", f"trial {history.trial} could not be carried out: {history.error}")
    if lacking := inapplicable(scenario, environment, cell.method, cell.stream):
        return verdict("not-applicable", lacking)
    checks = applicable(scenario, environment, cell)
    if all(check.grade == "allowed" for check in checks):
        return verdict("broken", _nothing_applies(scenario, cell, environment))
    if not histories:
        return verdict("inconclusive", "no trial was carried out")
    findings = (
        *(_finding_of_check(check, scenario, histories) for check in checks),
        *(_finding_of_default(default, checks, scenario, histories) for default in DEFAULTS),
    )
    return verdict(*_of_cell(findings), findings)


def more_wanted(cell: Cell, scenario: Scenario, environment: Environment, histories: Sequence[History]) -> bool:
    """Whether another trial is wanted: `trials` first, then up to `utmost` while chance or load leaves something open.

    A run that has fewer to give replaces `trials` and `most` in the scenario it passes. Nothing more is wanted once an
    expectation that must always or never hold has failed, or a trial could not be carried out.
    """
    if any(history.error for history in histories):
        return False
    judged = judge_cell(cell, scenario, environment, histories)
    if judged.verdict == "not-applicable" or (judged.verdict == "broken" and not judged.findings):
        return False
    if any(finding.verdict == "fail" and finding.grade in {"always", "never"} for finding in judged.findings):
        return False
    if len(histories) < scenario.trials:
        return True
    return len(histories) < scenario.utmost and any(_is_open(finding) for finding in judged.findings)


def _is_open(finding: Finding) -> bool:
    if finding.verdict == "broken":
        return finding.grade in {"usually", "sometimes"}
    return finding.verdict == "inconclusive"


def applicable(scenario: Scenario, environment: Environment, cell: Cell) -> tuple[Check, ...]:
    """The expectations whose conditions the cell meets."""
    return tuple(check for check in scenario.expect if applies(check.when, environment, cell.method, cell.stream))


def _nothing_applies(scenario: Scenario, cell: Cell, environment: Environment) -> str:
    tried = "; ".join(dict.fromkeys(str(check.when) for check in scenario.expect if check.when is not None))
    where = f"Python {environment.version} ({environment.name}) under {cell.method} with a {cell.stream}"
    return f"no expectation applies to {where}; the conditions tried: {tried or 'none'}"


def _of_cell(findings: tuple[Finding, ...]) -> tuple[Verdict, str]:
    """The worst finding speaks for the cell: failed, then broken, then inconclusive."""
    order: tuple[Verdict, ...] = ("fail", "broken", "inconclusive")
    for name in order:
        found = [finding for finding in findings if finding.verdict == name]
        if found:
            more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
            return name, f"{found[0].says} - {found[0].message}{more}"
    explicit = sum(finding.check != "default" for finding in findings)
    return "pass", f"all {explicit} expectations hold"


def _finding_of_check(check: Check, scenario: Scenario, histories: Sequence[History]) -> Finding:
    observations = [check.observe(history, scenario) for history in histories]
    tally = Tally.of(observations)
    ruling = rule(check.grade, check.wanted_rate, tally)
    missing = _never_recorded(observations)
    counts_none = check.zero_is_meaningful and (
        ruling.verdict == "fail" or (check.grade == "never" and check.check_kind == "count")
    )
    if missing and check.grade != "allowed" and not counts_none:
        ruling = Ruling("broken", _about_nothing(missing))
    return Finding(
        says=check.says,
        because=check.because,
        grade=check.grade,
        check=check.check_kind,
        source=check.source,
        verdict=ruling.verdict,
        seen=tally.seen,
        undecided=tally.undecided,
        trials=len(histories),
        histogram=histogram([one.outcome for one in observations]),
        witness=_witness(ruling.verdict, check.grade, observations, histories),
        message=ruling.message,
    )


def _finding_of_default(
    default: Default, checks: tuple[Check, ...], scenario: Scenario, histories: Sequence[History]
) -> Finding:
    observations = [default.observe(history, scenario, checks) for history in histories]
    tally = Tally.of(observations)
    ruling = rule("always", 1.0, tally)
    return Finding(
        says=default.says,
        grade="always",
        check="default",
        verdict=ruling.verdict,
        seen=tally.seen,
        undecided=tally.undecided,
        trials=len(histories),
        histogram=histogram([one.outcome for one in observations]),
        witness=_witness(ruling.verdict, "always", observations, histories),
        message=f"{ruling.message}; no expectation foresees it" if ruling.verdict == "fail" else ruling.message,
    )


def _never_recorded(observations: Sequence[Observation]) -> tuple[str, ...]:
    """What is missing in every trial that could tell."""
    missing = [set(one.missing) for one in observations if one.holds is not None]
    return tuple(sorted(set.intersection(*missing))) if missing else ()


def _about_nothing(missing: tuple[str, ...]) -> str:
    names = ", ".join(f"'{name}'" for name in missing)
    advice = "record it in the program, correct the name, or add a condition"
    return f"the expectation is about event {names}, which no trial recorded: {advice}"


def _witness(
    verdict: Verdict, grade: str, observations: Sequence[Observation], histories: Sequence[History]
) -> int | None:
    """The shortest trial that proves a verdict: one that held, or one that did not where that is the proof."""
    if verdict not in {"pass", "fail"}:
        return None
    proof = (verdict == "pass") != (grade == "never")
    proofs = [history for history, one in zip(histories, observations, strict=True) if one.holds is proof]
    return min(proofs, key=_length).trial if proofs else None


def _length(history: History) -> tuple[int, int, int]:
    return len(history.events), history.stdout.size + history.stderr.size, history.trial
