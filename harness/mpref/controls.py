"""Carries out the controls of a run: the sentinels, and a sample of its own cells a second time. A small driver of its own."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections import deque
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
    from mpref.history import History
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
    sentinels: dict[Sentinel, Cell]
    again: tuple[Cell, ...]
    declared: dict[Cell, Declared]
    """Of both."""
    left: deque[Cell]
    """Those that nobody has taken yet: first the sentinels, which mostly wait, so that cells are run meanwhile."""

    @classmethod
    def of(cls, run: JudgedRun, environment: Environment, scenarios: Mapping[str, Path]) -> Self:
        """All sentinels, and a sample of the cells whose declarations are still what they were: `scenarios`, by name."""
        programs = {sentinel: Declared.from_path(FOLDER / f"{sentinel.stem}.toml") for sentinel in SENTINELS}
        sentinels = {sentinel: next(declared.cells([environment])) for sentinel, declared in programs.items()}
        again = tuple(sample(run, environment.name, scenarios))
        declared = {cell: programs[sentinel] for sentinel, cell in sentinels.items()}
        declared |= {cell: Declared.from_path(scenarios[cell.scenario]) for cell in again}
        return cls(environment, sentinels, again, declared, deque(declared))

    def take(self) -> Cell | None:
        """The next one, for whoever asks first; None where none is left."""
        try:
            return self.left.popleft()
        except IndexError:
            return None

    def controls(self, run: JudgedRun, outcomes: dict[Cell, _Outcome]) -> list[Control]:
        """Whether each sentinel was caught, and whether the sampled cells came out as before."""
        found = [sentinel_control(sentinel, *outcomes[cell]) for sentinel, cell in self.sentinels.items()]
        if self.again:
            first = {cell.id: run.verdicts[cell.id] for cell in self.again}
            second = {cell.id: outcomes[cell].verdict for cell in self.again}
            found.append(itself_control(self._judged(first), self._judged(second), self.environment.name))
        return found

    def _judged(self, verdicts: dict[str, CellVerdict]) -> JudgedRun:
        """The sampled cells with these verdicts, as a run."""
        return JudgedRun(environments=(self.environment,), cells=self.again, verdicts=verdicts)


class _Outcome(NamedTuple):
    """What became of one cell."""

    verdict: CellVerdict
    histories: list[History]


def carried_out(run: JudgedRun, scenarios: Mapping[str, Path], terms: Terms) -> Iterator[list[Control]]:
    """The controls of each environment in which the run has judged a cell by trials; `scenarios` are its declarations, by name.

    Containers that are there for their limits are spoken for by the plain one of the same image. Twice as many are carried out
    at once as there are processors: most of a control is waiting. What is run again is run on the terms of the run.
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
    at_once = 2 * (os.cpu_count() or 1)
    with ThreadPoolExecutor(at_once) as pool:
        pending = [
            (part, [pool.submit(_hand, part, terms, drivers) for _ in range(min(at_once, len(part.declared)))])
            for part in parts
        ]
        try:
            for part, hands in pending:  # an environment's controls are stored together, or not at all
                yield part.controls(run, {cell: outcome for hand in hands for cell, outcome in hand.result().items()})
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for part in parts:
                part.left.clear()
            for driver in drivers:
                driver.stop()
            raise


def _hand(part: _Part, terms: Terms, drivers: list[Driver]) -> dict[Cell, _Outcome]:
    """Carries out one of those left after the other, beside its like; its driver is added to those that can be stopped."""
    outcomes: dict[Cell, _Outcome] = {}
    environment, sentinels = part.environment, set(part.sentinels.values())
    with tempfile.TemporaryDirectory(prefix="mpref-controls-") as scratch:
        file = RunFile.start(Path(scratch, "controls.sqlite"), {}, [environment])
        with Driver(file, {environment.name: environment}, Limits()) as driver:
            drivers.append(driver)
            driver.run.plan(part.declared, {declared.name: declared.sources for declared in part.declared.values()})
            for cell in iter(part.take, None):
                driver.terms = Terms() if cell in sentinels else terms
                verdict = driver.verdict(part.declared[cell], cell)
                outcomes[cell] = _Outcome(verdict, driver.run.histories(cell))
    return outcomes
