"""Carries out the controls of a run: the sentinels, and a sample of its own cells a second time. A small driver of its own."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mpref.driver import Driver, Limits
from mpref.judge.control import SENTINELS, Control, itself_control, sample, sentinel_control
from mpref.judge.judged import JudgedRun
from mpref.judge.terms import Terms
from mpref.plan import Declared
from mpref.record.store import RunFile
from mpref.review import judged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mpref.environment import Environment
    from mpref.judge.verdict import CellVerdict

FOLDER = Path(__file__).parent / "target" / "controls"


def concluded(path: Path, *, go_on: bool) -> list[Control]:
    """The controls of a run that is over, carried out and stored where they are still missing (unless not to go on)."""
    with RunFile.resume(path) as run:
        stored = [msgspec.json.decode(body, type=Control) for body in run.controls()]
        if go_on:
            done = {control.environment for control in stored}
            missing = [environment for environment in run.environments() if environment.name not in done]
            for control in carried_out(judged(run, missing), _declared(run)):
                run.set_control(control.name, control.environment, control.ok, msgspec.json.encode(control))
                stored.append(control)
        run.close(last=True)
    return stored


def _declared(run: RunFile) -> dict[str, Declared]:
    """The scenarios of the run, where they lie."""
    names = dict.fromkeys(cell.scenario for cell in run.cells())
    found = {name: run.sources(name) for name in names}
    return {name: Declared.from_path(source[0] / f"{Path(name).name}.toml") for name, source in found.items() if source}


def carried_out(run: JudgedRun, scenarios: Mapping[str, Declared]) -> Iterator[Control]:
    """Every control of every environment in which the run has judged a cell by trials; `scenarios` are the run's, by name."""
    tried = {verdict.cell.environment for verdict in run.verdicts.values() if verdict.trials}
    for environment in run.environments:
        if environment.name in tried:
            with tempfile.TemporaryDirectory(prefix="mpref-controls-") as scratch:
                yield from _of_environment(run, environment, scenarios, Path(scratch, "controls.sqlite"))


def _of_environment(
    run: JudgedRun, environment: Environment, scenarios: Mapping[str, Declared], path: Path
) -> Iterator[Control]:
    sentinels = {sentinel: Declared.from_path(FOLDER / f"{sentinel.stem}.toml") for sentinel in SENTINELS}
    again = sample(run, environment.name)
    with Driver(RunFile.start(path, {}, [environment]), {environment.name: environment}, Limits(), Terms()) as driver:
        cells = {sentinel: next(declared.cells([environment])) for sentinel, declared in sentinels.items()}
        known = {
            **{d.name: d.sources for d in sentinels.values()},
            **{c.scenario: scenarios[c.scenario].sources for c in again},
        }
        driver.run.plan([*cells.values(), *again], known)
        for sentinel, cell in cells.items():
            verdict = driver.verdict(sentinels[sentinel], cell)
            yield sentinel_control(sentinel, verdict, driver.run.histories(cell))
        second = {cell.id: driver.verdict(scenarios[cell.scenario], cell) for cell in again}
    first = {cell.id: run.verdicts[cell.id] for cell in again}
    if again:
        yield itself_control(_part(environment, first), _part(environment, second), environment.name)


def _part(environment: Environment, verdicts: dict[str, CellVerdict]) -> JudgedRun:
    cells = tuple(verdict.cell for verdict in verdicts.values())
    return JudgedRun(environments=(environment,), cells=cells, verdicts=verdicts)
