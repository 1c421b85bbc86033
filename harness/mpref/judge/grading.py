"""Grading: from the histories of a cell and its scenario to a verdict with its evidence, and whether to go on.

Pure functions of the histories so far; their order does not matter. A cell to which no expectation applies is broken,
not passed, and so is an expectation about an event that no trial recorded: nothing may vanish silently.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from mpref.regime import LOAD, NEEDS, NONE, Regime

from .conditions import applies
from .defaults import DEFAULTS, Default
from .rules import Question, Ruling, Tally, histogram, rule
from .verdict import CellVerdict, Finding, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mpref.environment import Cell, Environment, Method, StreamKind
    from mpref.history import History

    from .checks import Check, Grade, Observation
    from .scenario import Scenario
    from .terms import Terms

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


@dataclass(frozen=True)
class Case:
    """What is judged: a cell, its scenario, its environment."""

    cell: Cell
    scenario: Scenario
    environment: Environment

    @property
    def lacking(self) -> str:
        """What the environment lacks, in one line; empty if nothing."""
        return inapplicable(self.scenario, self.environment, self.cell.method, self.cell.stream)

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The expectations whose conditions the cell meets."""
        cell = self.cell
        return tuple(c for c in self.scenario.expect if applies(c.when, self.environment, cell.method, cell.stream))


def judge_cell(case: Case, histories: Sequence[History], terms: Terms, *, cut_off: str = "") -> CellVerdict:
    """The verdict on a cell, from its trials so far; `cut_off` names the user's limit that ended the drawing, if one did."""
    histories = sorted(histories, key=lambda history: history.trial)

    def verdict(name: Verdict, reason: str, findings: tuple[Finding, ...] = ()) -> CellVerdict:
        limit = cut_off if name == "inconclusive" else ""
        return CellVerdict(
            cell=case.cell,
            verdict=name,
            reason=f"{reason} (cut off by {limit})" if limit else reason,
            trials=len(histories),
            findings=findings,
            cut_off=limit,
            declaration=case.scenario.version,
            effort=terms.effort.name,
            error=terms.error,
        )

    if known := _without_trials(case, histories):
        return verdict(*known)
    findings = tuple(finding for finding, _ in _findings(case, histories, terms))
    return verdict(*_of_cell(findings), findings)


def _without_trials(case: Case, histories: Sequence[History]) -> tuple[Verdict, str] | None:
    """What can be said of a cell whatever its trials show; None where they have to speak."""
    for history in histories:
        if history.error:
            return "broken", f"trial {history.trial} could not be carried out: {history.error}"
    if case.lacking:
        return "not-applicable", case.lacking
    if all(check.grade == "allowed" for check in case.checks):
        return "broken", _nothing_applies(case)
    return None if histories else ("inconclusive", "no trial was carried out")


def next_regime(case: Case, histories: Sequence[History], terms: Terms) -> Regime | None:
    """The regime of the next trial that is wanted; None where the answer is clear, or would not get clearer.

    The declared number of trials without provocation comes first, then what an open question asks for. Nothing more is wanted
    once an expectation has failed beyond doubt, or a trial could not be carried out.
    """
    known = _without_trials(case, histories)
    if known:
        return NONE if known[0] == "inconclusive" else None
    ruled = list(_findings(case, histories, terms))
    if any(finding.verdict == "fail" for finding, _ in ruled):
        return None
    plain = sum(history.regime == str(NONE) for history in histories)
    if plain < min(max(case.scenario.trials, terms.effort.least), terms.effort.most):
        return NONE
    if not terms.effort.draws:
        return None
    wanted = (ruling.wants for _, ruling in ruled if ruling.wants is not None)
    return min(wanted, key=lambda regime: regime != NONE, default=None)


def chances(case: Case) -> int:
    """How many expectations of a cell chance alone could fail: each gets its share of the run's error."""
    return 0 if case.lacking else sum(check.may_fail_by_chance for check in case.checks)


def _nothing_applies(case: Case) -> str:
    tried = "; ".join(dict.fromkeys(str(check.when) for check in case.scenario.expect if check.when is not None))
    cell, environment = case.cell, case.environment
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


def _findings(case: Case, histories: Sequence[History], terms: Terms) -> Iterator[tuple[Finding, Ruling]]:
    """Every expectation that applies, and every default, with its ruling."""
    for check in case.checks:
        yield _of_check(check, case, histories, terms)
    for default in DEFAULTS:
        yield _of_default(default, case, histories, terms)


def _of_check(check: Check, case: Case, histories: Sequence[History], terms: Terms) -> tuple[Finding, Ruling]:
    plain = [history for history in histories if history.regime == str(NONE)]
    seen = [(history, check.observe(history, case.scenario)) for history in plain]
    by_chance = check.by_chance(one for _, one in seen)
    wished = [regime for history in plain for regime in check.provocations(history)] if by_chance else []
    possible = _possible(wished, case.environment)
    provocations = tuple(filter(terms.tries, possible))
    if possible:
        own = [h for h in histories if h.regime != str(NONE) and _attacks(Regime.from_text(h.regime), possible)]
        seen += [(history, check.observe(history, case.scenario)) for history in own]
    asked = Question(
        grade=check.asked_grade,
        rate=check.wanted_rate,
        by_chance=by_chance,
        provocations=provocations,
        most=min(case.scenario.most or terms.effort.most, terms.effort.most),
        left_out=tuple(regime for regime in possible if regime not in provocations),
        along={regime.parts[0]: regime.along for regime in wished},
    )
    ruling = rule(asked, Tally.of((Regime.from_text(h.regime), one) for h, one in seen), terms)
    missing = _never_recorded([one for _, one in seen])
    counts_none = check.zero_is_meaningful and (
        ruling.verdict == "fail" or (check.grade == "never" and check.check_kind == "count")
    )
    if missing and check.grade != "allowed" and not counts_none:
        rare = ruling.wants if check.grade in {"usually", "sometimes"} else None
        ruling = Ruling("broken", _about_nothing(missing), rare)
    finding = _finding(ruling, check.grade, seen)
    return msgspec.structs.replace(
        finding,
        says=check.says,
        because=check.because,
        check=check.check_kind,
        source=check.source,
        by_chance=by_chance,
        aspect=check.aspect or "",
    ), ruling


def _attacks(regime: Regime, possible: Sequence[Regime]) -> bool:
    """Whether a trial under it is one for who may be provoked so: what is held up for another order may be why this one holds.

    Load that comes along does no such thing.
    """
    return regime.parts[0] in possible and all(part in possible or part == LOAD for part in regime.along)


def _possible(wished: Sequence[Regime], environment: Environment) -> tuple[Regime, ...]:
    """The provocations that this environment can carry out, each by itself, in a fixed order."""
    parts = dict.fromkeys(part for regime in wished for part in regime.parts)
    return tuple(regime for regime in parts if NEEDS.get(regime.name, "") in {"", *environment.capabilities})


def _of_default(default: Default, case: Case, histories: Sequence[History], terms: Terms) -> tuple[Finding, Ruling]:
    seen = [(history, default.observe(history, case.scenario, case.checks)) for history in histories]
    ruling = rule(Question(grade="always"), Tally.of((Regime.from_text(h.regime), one) for h, one in seen), terms)
    if ruling.verdict == "fail":
        ruling = Ruling("fail", f"{ruling.message}; no expectation foresees it")
    finding = _finding(ruling, "always", seen)
    return msgspec.structs.replace(finding, says=default.says, aspect=default.aspect), ruling


def _finding(ruling: Ruling, grade: Grade, seen: Sequence[tuple[History, Observation]]) -> Finding:
    """What all findings share; a default's, but for its sentence."""
    return Finding(
        says="",
        grade=grade,
        check="default",
        verdict=ruling.verdict,
        seen=sum(one.holds is True for _, one in seen),
        undecided=sum(one.holds is None for _, one in seen),
        trials=len(seen),
        histogram=histogram([one.outcome for _, one in seen]),
        witness=_witness(ruling.verdict, grade, seen),
        message=ruling.message,
        regimes=dict(sorted(Counter(history.regime for history, _ in seen).items())),
    )


def _never_recorded(observations: Sequence[Observation]) -> tuple[str, ...]:
    """What is missing in every trial that could tell."""
    missing = [set(one.missing) for one in observations if one.holds is not None]
    return tuple(sorted(set.intersection(*missing))) if missing else ()


def _about_nothing(missing: tuple[str, ...]) -> str:
    names = ", ".join(f"'{name}'" for name in missing)
    advice = "record it in the program, correct the name, or add a condition"
    return f"the expectation is about event {names}, which no trial recorded: {advice}"


def _witness(verdict: Verdict, grade: str, seen: Sequence[tuple[History, Observation]]) -> int | None:
    """The shortest trial that proves a verdict: one that held, or one that did not where that is the proof."""
    if verdict not in {"pass", "fail"}:
        return None
    proof = (verdict == "pass") != (grade == "never")
    proofs = [history for history, one in seen if one.holds is proof]
    return min(proofs, key=_length).trial if proofs else None


def _length(history: History) -> tuple[int, int, int]:
    return len(history.events), history.stdout.size + history.stderr.size, history.trial
