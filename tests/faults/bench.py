"""The test bench: what the harness's own driver and judge make of the real scenarios under a broken interpreter."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mpref.driver import Driver, Limits
from mpref.judge.grading import Case, chances
from mpref.judge.terms import Terms
from mpref.judge.verdict import CellVerdict, Finding
from mpref.plan import Declared, declarations
from mpref.record.store import RunFile

from .fault import Catch, Fault, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .interpreter import Interpreter

SCENARIOS = Path(__file__).parents[2] / "scenarios"


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one fault in one cell."""

    place: Place
    verdict: CellVerdict
    active: bool
    """Whether the change was really in force: without that neither `caught` nor `unseen` means anything."""

    @property
    def finding(self) -> Finding | None:
        """The one that must catch it."""
        if not isinstance(self.place, Catch):
            return None
        wanted = self.place.check, self.place.says
        return next((f for f in self.verdict.findings if (f.check, f.says) == wanted), None)

    @property
    def caught(self) -> bool:
        """Whether the cell fails, and by the expectation that was meant."""
        return self.verdict.verdict == "fail" and self.finding is not None and self.finding.verdict == "fail"

    @property
    def failed(self) -> list[str]:
        """What failed or broke: the check, its sentence and why."""
        wrong = [f for f in self.verdict.findings if f.verdict in {"fail", "broken"}]
        return [f"{f.verdict} {f.check}: {f.says} - {f.message}" for f in wrong] or [self.verdict.reason]


@cache
def declared(scenario: str) -> Declared:
    """The real scenario `chapter/stem`. Raises UsageError where it is missing or malformed."""
    return Declared.from_path(SCENARIOS / f"{scenario}.toml")


@cache
def terms(interpreter: Interpreter) -> Terms:
    """Those of a default run of all scenarios: a fault has to be seen at the error that such a run allows."""
    environment = interpreter.environment
    pack = [Declared.from_path(path) for path in declarations(SCENARIOS)]
    cases = (Case(cell, one.scenario, environment) for one in pack for cell in one.cells([environment]))
    return Terms(chances=sum(map(chances, cases)))


def try_out(
    interpreter: Interpreter, fault: Fault | None, place: Place, results: Path, *, trials: int | None = None
) -> Iterator[Outcome]:
    """One outcome for each start method of the place, with the fault planted; the run is stored in `results`.

    `trials` replaces the scenario's own number. Raises UsageError where the scenario or the cell does not exist.
    """
    scenario, environment = declared(place.scenario), interpreter.environment
    chosen = [c for c in scenario.cells([environment], place.methods) if c.stream == place.stream]
    run = RunFile.start(results, {}, [environment])
    run.plan(chosen, {scenario.name: scenario.sources})
    limits = Limits(trials=trials)
    with Driver(run, {environment.name: environment}, limits, terms(interpreter)) as driver:
        for cell in chosen:
            interpreter.plant(fault)
            verdict = driver.verdict(scenario, cell)
            yield Outcome(place=place, verdict=verdict, active=interpreter.active)
