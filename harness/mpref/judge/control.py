"""Controls: whether the harness was awake. A sentinel must be caught by what it names; a run put beside itself shows nothing."""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mpref.history import History

from .chance import ERROR
from .compare import Change, compare
from .verdict import CellVerdict

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from mpref.environment import Cell

    from .judged import JudgedRun


class Sentinel(NamedTuple):
    """A program that misbehaves, by its stem, and the sentence of the expectation that must catch it."""

    stem: str
    says: str


SENTINELS = (
    Sentinel("leak", "When it has ended, only multiprocessing's helpers are left."),
    Sentinel("hang", "It ends by itself."),
    Sentinel("wrong_pid", "The pid that is reported is the child's."),
    Sentinel("broken_order", "wait() returns after the child has run."),
    Sentinel("one_in_ten", "The answer is right."),
)

ITSELF = "itself"
"""The control in which a sample of the run's cells is run a second time."""

SAMPLE = 10
"""Cells of that sample."""


class Control(msgspec.Struct, frozen=True, kw_only=True):
    """How one control of one environment came out; with its evidence where it misbehaved."""

    name: str
    environment: str
    ok: bool
    told: str
    """What was seen, in one line."""
    trials: int
    verdicts: tuple[CellVerdict, ...] = ()
    histories: tuple[History, ...] = ()


def sentinel_control(sentinel: Sentinel, verdict: CellVerdict, histories: Sequence[History]) -> Control:
    """Whether a sentinel was caught, and by the expectation that is there for it."""
    caught = next((f for f in verdict.findings if f.says == sentinel.says and f.verdict == "fail"), None)
    told = f"caught: {caught.message}" if caught else f"not caught: {verdict.verdict}: {verdict.reason}"
    return Control(
        name=sentinel.stem,
        environment=verdict.cell.environment,
        ok=caught is not None,
        told=told,
        trials=verdict.trials,
        verdicts=() if caught else (verdict,),
        histories=() if caught else tuple(histories),
    )


def sample(run: JudgedRun, environment: str, scenarios: Container[str]) -> list[Cell]:
    """The cells that are run twice: ten of these scenarios that passed without chance having a part, spread over the plan."""
    fit = [
        cell
        for cell in run.cells
        if cell.environment == environment
        and cell.scenario in scenarios
        and (verdict := run.verdicts.get(cell.id))
        and verdict.verdict == "pass"
        and not any(finding.by_chance for finding in verdict.findings)
    ]
    return fit[:: max(1, len(fit) // SAMPLE)][:SAMPLE]


def itself_control(first: JudgedRun, second: JudgedRun, environment: str) -> Control:
    """Whether the sample shows the same when it is run again: the same verdicts, and no outcomes that chance can't explain.

    That two trials showed three workers and two others four is what a bounded count allows; only many trials tell more.
    """
    compared = compare(first, second)
    changed = [c for c in compared.changes if not _open(c, second) and (_otherwise_judged(c) or _improbable(c))]
    told = f"{compared.compared} cells twice, the same"
    if changed:
        what = ", ".join(f"{c.new.id} ({c.old_verdict}, then {c.new_verdict})" for c in changed)
        told = f"{len(changed)} of {compared.compared} cells are not the same when run again: {what}"
    verdicts = [second.verdicts[change.new.id] for change in changed if change.new.id in second.verdicts]
    return Control(
        name=ITSELF,
        environment=environment,
        ok=not changed,
        told=told,
        trials=sum(verdict.trials for verdict in second.verdicts.values()),
        verdicts=tuple(verdicts),
    )


def _open(change: Change, second: JudgedRun) -> bool:
    """Whether the second time tells nothing: the machine was too busy, or the recorder failed."""
    verdict = second.verdicts.get(change.new.id)
    return (
        verdict is None or verdict.verdict == "inconclusive" or (verdict.verdict == "broken" and bool(verdict.cut_off))
    )


def _otherwise_judged(change: Change) -> bool:
    return change.old_verdict != change.new_verdict


def _improbable(change: Change) -> bool:
    """Whether so many trials of each have no outcome in common that, were they alike, it would be rarer than 1 in 1,000."""
    return any(
        one.old
        and one.new
        and not one.old.keys() & one.new.keys()
        and 1 / comb(sum(one.old.values()) + sum(one.new.values()), sum(one.old.values())) < ERROR
        for one in change.outcomes
    )


def misbehaved(controls: Sequence[Control]) -> list[str]:
    """Why a run is invalid, a line each; none where it is valid."""
    return [f"control {one.name} [{one.environment}]: {one.told}" for one in controls if not one.ok]
