"""Carries out the controls of a run: the sentinels, and a sample of its own cells a second time. A small driver of its own."""

from __future__ import annotations

import contextlib
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

import msgspec

from mpref.driver import Driver, Limits
from mpref.judge.control import SENTINELS, Control, Sentinel, itself_control, sample, sentinel_control
from mpref.judge.judged import JudgedRun
from mpref.judge.terms import Terms
from mpref.plan import Declared, sources
from mpref.record.store import RunFile
from mpref.review import judged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mpref.environment import Cell, Environment
    from mpref.judge.verdict import CellVerdict

FOLDER = Path(__file__).parent / "target" / "controls"


def concluded(path: Path, *, go_on: bool) -> list[Control]:
    """The controls of a run that is over, carried out and stored where they are still missing (unless not to go on)."""
    with RunFile.resume(path) as run:
        stored = [msgspec.json.decode(body, type=Control) for body in run.controls()]
        done = {control.environment for control in stored}
        missing = [environment for environment in run.environments() if environment.name not in done]
        if go_on and missing:
            terms = Terms.from_meta(run.meta)
            for controls in carried_out(judged(run, missing), _unchanged(run), terms):
                run.set_controls((c.name, c.environment, c.ok, msgspec.json.encode(c)) for c in controls)
                stored += controls
        run.close(last=True)
    return stored


def _unchanged(run: RunFile) -> dict[str, Path]:
    """Where the declarations of the run lie, by scenario: those that are as they were, and their programs too."""
    found = {}
    for name in dict.fromkeys(cell.scenario for cell in run.cells()):
        if planned := run.sources(name):
            path = planned[0] / f"{Path(name).name}.toml"
            with contextlib.suppress(OSError, UnicodeDecodeError):
                if sources(path)[1:] == planned[1:]:
                    found[name] = path
    return found


class _Part(NamedTuple):
    """What is to be controlled in one environment: the declarations are read before there are threads."""

    environment: Environment
    sentinels: dict[Sentinel, Declared]
    again: dict[Cell, Declared]

    @classmethod
    def of(cls, run: JudgedRun, environment: Environment, scenarios: Mapping[str, Path]) -> Self:
        """All sentinels, and a sample of the cells whose declarations are still what they were: `scenarios`, by name."""
        return cls(
            environment,
            {sentinel: Declared.from_path(FOLDER / f"{sentinel.stem}.toml") for sentinel in SENTINELS},
            {cell: Declared.from_path(scenarios[cell.scenario]) for cell in sample(run, environment.name, scenarios)},
        )

    @property
    def halves(self) -> tuple[_Part, _Part]:
        """Every other cell of the sample, and the rest."""
        one, two = (dict(list(self.again.items())[start::2]) for start in range(2))
        return self._replace(again=one), self._replace(again=two)

    def compared(self, run: JudgedRun, second: dict[str, CellVerdict]) -> list[Control]:
        """Whether the sampled cells came out as before."""
        first = {cell: run.verdicts[cell] for cell in second}
        return [itself_control(self._judged(first), self._judged(second), self.environment.name)] if second else []

    def _judged(self, verdicts: dict[str, CellVerdict]) -> JudgedRun:
        """The sampled cells with these verdicts, as a run."""
        cells = tuple(verdict.cell for verdict in verdicts.values())
        return JudgedRun(environments=(self.environment,), cells=cells, verdicts=verdicts)


def carried_out(run: JudgedRun, scenarios: Mapping[str, Path], terms: Terms) -> Iterator[list[Control]]:
    """The controls of each environment in which the run has judged a cell by trials; `scenarios` are its declarations, by name.

    Containers that are there for their limits are spoken for by the plain one of the same image. The sentinels of an environment
    and each half of its cells are run at once, twice as many as there are processors: most of a control is waiting. What is run
    again is run on the terms of the run.
    """
    tried = {verdict.cell.environment for verdict in run.verdicts.values() if verdict.trials}
    entries = {e.box.entry for e in run.environments if e.box and e.name in tried}
    chosen = [
        environment
        for environment in run.environments
        if ((box := environment.box) and box.entry in entries and not box.special)
        or (not box and environment.name in tried)
    ]
    parts = [_Part.of(run, environment, scenarios) for environment in chosen]
    drivers: list[Driver] = []
    with ThreadPoolExecutor(2 * (os.cpu_count() or 1)) as pool:
        pending = [
            (
                part,
                pool.submit(_sentinels, part, drivers),
                [pool.submit(_again, half, terms, drivers) for half in part.halves],
            )
            for part in parts
        ]
        try:
            for part, sentinels, halves in pending:  # an environment's controls are stored together, or not at all
                again = {cell: verdict for half in halves for cell, verdict in half.result().items()}
                yield [*sentinels.result(), *part.compared(run, again)]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for driver in drivers:
                driver.stop()
            raise


def _sentinels(part: _Part, drivers: list[Driver]) -> list[Control]:
    """Whether each sentinel is caught."""
    cells = {sentinel: next(declared.cells([part.environment])) for sentinel, declared in part.sentinels.items()}
    planned = {cell: part.sentinels[sentinel] for sentinel, cell in cells.items()}
    with _driver(part.environment, planned, Terms(), drivers) as driver:
        return [
            sentinel_control(sentinel, driver.verdict(planned[cell], cell), driver.run.histories(cell))
            for sentinel, cell in cells.items()
        ]


def _again(part: _Part, terms: Terms, drivers: list[Driver]) -> dict[str, CellVerdict]:
    """The verdicts of the sampled cells when they are run again, by cell."""
    if not part.again:
        return {}
    with _driver(part.environment, part.again, terms, drivers) as driver:
        return {cell.id: driver.verdict(declared, cell) for cell, declared in part.again.items()}


@contextlib.contextmanager
def _driver(
    environment: Environment, planned: Mapping[Cell, Declared], terms: Terms, drivers: list[Driver]
) -> Iterator[Driver]:
    """A driver with a run file of its own, for so long; it is added to those that can be stopped."""
    with tempfile.TemporaryDirectory(prefix="mpref-controls-") as scratch:
        file = RunFile.start(Path(scratch, "controls.sqlite"), {}, [environment])
        with Driver(file, {environment.name: environment}, Limits(), terms) as driver:
            drivers.append(driver)
            driver.run.plan(planned, {declared.name: declared.sources for declared in planned.values()})
            yield driver
