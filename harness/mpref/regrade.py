"""Judging stored runs again, and running a stored trial again: the driver's two ways back to a run that is over."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mpref.driver import order
from mpref.errors import UsageError
from mpref.judge.grading import judge_cell
from mpref.judge.verdict import CellVerdict
from mpref.plan import Declared
from mpref.record.client import Supervisor
from mpref.record.store import RunFile

if TYPE_CHECKING:
    from mpref.environment import Cell
    from mpref.history import History


class Regraded(msgspec.Struct, frozen=True, kw_only=True):
    """A cell's verdict as it was stored (None: it had none yet) and as it is now."""

    before: CellVerdict | None
    now: CellVerdict


def regraded(path: Path, folder: Path | None, *, update: bool = False) -> list[Regraded]:
    """Judges every cell of a run again by the declarations in `folder`, or by the run's own where it is None.

    A scenario that the folder does not have is judged by the run's own. Raises UsageError for a bad run or declaration.
    """
    with RunFile.resume(path) if update else RunFile.read(path) as run, tempfile.TemporaryDirectory() as scratch:
        environments = {e.name: e for e in run.environments()}
        known: dict[str, Declared] = {}
        judged = []
        for cell in run.cells():
            if cell.scenario not in known:
                known[cell.scenario] = _declared(run, cell, folder, Path(scratch))
            stored = run.verdict(cell)
            before = msgspec.json.decode(stored, type=CellVerdict) if stored else None
            cut_off = before.cut_off if before else ""
            histories = run.histories(cell)
            now = judge_cell(
                cell, known[cell.scenario].scenario, environments[cell.environment], histories, cut_off=cut_off
            )
            judged.append(Regraded(before=before, now=now))
            if update:
                run.set_verdict(cell, now.verdict, now.reason, now.rules, msgspec.json.encode(now))
        return judged


def _declared(run: RunFile, cell: Cell, folder: Path | None, scratch: Path) -> Declared:
    """The declaration of a cell: the folder's, else the one stored with the run."""
    if folder and (path := folder / f"{cell.scenario}.toml").is_file():
        return Declared.from_path(path)
    sources = run.sources(cell.scenario)
    if sources is None:
        msg = f"{run.path}: it does not hold the scenario {cell.scenario}; give a folder that does with --scenarios"
        raise UsageError(msg)
    _, declaration, program = sources
    path = scratch / f"{cell.scenario}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(declaration, encoding="utf-8")
    path.with_suffix(".py").write_text(program, encoding="utf-8")
    return Declared.from_path(path)


def replayed(path: Path, name: str) -> tuple[History, History]:
    """A stored trial, named `CELL#NUMBER`, and the same command run again. Raises UsageError where there is no such trial."""
    with RunFile.read(path) as run:
        cell_id, _, number = name.rpartition("#")
        cell = next((c for c in run.cells() if c.id == cell_id), None)
        before = next((h for h in run.histories(cell) if str(h.trial) == number), None) if cell else None
        if cell is None or before is None:
            msg = f"{path}: it has no trial {name!r}; a trial is named CELL#NUMBER, as `mpref export` lists them"
            raise UsageError(msg)
        environment = next(e for e in run.environments() if e.name == cell.environment)
        sources = run.sources(cell.scenario)
        folder = sources[0] if sources else Path()
        declared = Declared.from_path(folder / f"{Path(cell.scenario).name}.toml")
    again = msgspec.structs.replace(
        order(declared, cell, environment, before.trial), command=before.command, regime=before.regime, seed=before.seed
    )
    with Supervisor() as supervisor:
        return before, supervisor.run(again)
