"""Judging stored runs again, and running a stored trial again: the driver's two ways back to a run that is over."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mpref.containers.box import supervisor as supervisor_in
from mpref.errors import UsageError
from mpref.history import History
from mpref.judge.grading import Case, judge_cell
from mpref.judge.terms import Terms
from mpref.judge.verdict import CellVerdict
from mpref.plan import Declared
from mpref.record.store import RunFile

if TYPE_CHECKING:
    from mpref.environment import Cell, Environment
    from mpref.record.order import Order


class Regraded(msgspec.Struct, frozen=True, kw_only=True):
    """A cell's verdict as it was stored (None: it had none yet) and as it is now."""

    before: CellVerdict | None
    now: CellVerdict


def regraded(path: Path, folder: Path | None, *, stored: bool = False, update: bool = False) -> list[Regraded]:
    """Judges every cell of a run again: by the declarations in `folder`, else by those of the folder that the run was made
    from as they are now, else (or with `stored`) as they were then. Raises UsageError for a bad run or declaration.
    """
    with RunFile.resume(path) if update else RunFile.read(path) as run, tempfile.TemporaryDirectory() as scratch:
        environments = {e.name: e for e in run.environments()}
        known: dict[str, Declared] = {}
        terms = Terms.from_meta(run.meta)
        judged = []
        for cell in run.cells():
            if cell.scenario not in known:
                sources = _sources(run, cell)
                now = (folder / f"{cell.scenario}.toml") if folder else sources.declaration_now
                known[cell.scenario] = (
                    sources.restored(Path(scratch)) if stored or not now.is_file() else Declared.from_path(now)
                )
            judged.append(_again(run, cell, known[cell.scenario], environments[cell.environment], terms))
            if update:
                after = judged[-1].now
                run.set_verdict(cell, after.verdict, after.reason, after.rules, msgspec.json.encode(after))
        return judged


def _again(run: RunFile, cell: Cell, declared: Declared, environment: Environment, terms: Terms) -> Regraded:
    text = run.verdict(cell)
    before = msgspec.json.decode(text, type=CellVerdict) if text else None
    cut_off = before.cut_off if before else ""
    case = Case(cell, declared.scenario, environment)
    now = judge_cell(case, run.histories(cell), terms, cut_off=cut_off)
    return Regraded(before=before, now=now)


class _Sources(msgspec.Struct, frozen=True):
    """A scenario as it was when it was planned."""

    name: str
    folder: Path
    declaration: str
    program: str

    @property
    def declaration_now(self) -> Path:
        return self.folder / f"{Path(self.name).name}.toml"

    @property
    def program_now(self) -> Path:
        return self.declaration_now.with_suffix(".py")

    def restored(self, scratch: Path) -> Declared:
        """Declaration and program written anew below `scratch`. Raises UsageError, which names the scenario and no scratch."""
        path = scratch / f"{self.name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.declaration, encoding="utf-8")
        path.with_suffix(".py").write_text(self.program, encoding="utf-8")
        try:
            return Declared.from_path(path)
        except UsageError as error:
            what = f"the stored declaration of {self.name} is not understood by this mpref: {error.what}"
            raise UsageError(what, advice="Give a folder of scenarios with --scenarios.") from None


def _sources(run: RunFile, cell: Cell) -> _Sources:
    found = run.sources(cell.scenario)
    if found is None:
        msg = f"{run.path}: it does not hold the scenario {cell.scenario}; the file is not whole"
        raise UsageError(msg)
    return _Sources(cell.scenario, *found)


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """A stored trial and the same order carried out again; `note` says what could not be the same."""

    before: History
    again: History
    note: str = ""


def replayed(path: Path, name: str) -> Replayed:
    """Carries out the order of a stored trial, named `CELL#NUMBER`, again. Raises UsageError where there is no such trial.

    A program that was changed or removed since is run as it was.
    """
    with RunFile.read(path) as run, tempfile.TemporaryDirectory() as scratch:
        cell_id, _, number = name.rpartition("#")
        cell = next((c for c in run.cells() if c.id == cell_id), None)
        before = next((h for h in run.histories(cell) if str(h.trial) == number), None) if cell else None
        if cell is None or before is None:
            msg = f"{path}: it has no trial {name!r}; a trial is named CELL#NUMBER, as `mpref export` lists them"
            raise UsageError(msg)
        ordered = run.order(cell, before.trial)
        environment = next(e for e in run.environments() if e.name == cell.environment)
        sources = _sources(run, cell)
        note = ""
        if not sources.program_now.is_file() or sources.program_now.read_text(encoding="utf-8") != sources.program:
            note = f"{sources.program_now} is not what it was; the program was run as it was then"
            restored = sources.restored(Path(scratch)).program.parent
            ordered = _moved(ordered, environment.path(sources.folder), environment.path(restored))
        with supervisor_in(environment.place, {*run.folders(), Path(scratch)}) as supervisor:
            return Replayed(before=before, again=supervisor.run(ordered), note=note)


def _moved(ordered: Order, old: str, new: str) -> Order:
    """The order with the scenario's folder in another place."""

    def there(text: str | None) -> str | None:
        return text.replace(old, new) if text else text

    command = tuple(part.replace(old, new) for part in ordered.command)
    return msgspec.structs.replace(ordered, command=command, stdin=there(ordered.stdin), cwd=there(ordered.cwd))
