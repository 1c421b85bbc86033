"""Looking at stored runs: read for the judge's claims and for comparison; nothing is run."""

from __future__ import annotations

import hashlib
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import msgspec

from mpref.errors import UsageError
from mpref.judge import claim_file
from mpref.judge.control import Control, misbehaved
from mpref.judge.judged import JudgedRun
from mpref.judge.terms import Terms
from mpref.judge.verdict import CellVerdict
from mpref.plan import Declared, declarations
from mpref.record.store import RunFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from mpref.environment import Environment
    from mpref.judge.claims import Claims


def judged_run(path: Path, environment: str = "*") -> JudgedRun:
    """A stored run, or of it the environments whose name the glob matches. Raises UsageError for a bad run or no match."""
    with RunFile.read(path) as run:
        known = run.environments()
        environments = tuple(e for e in known if fnmatchcase(e.name, environment))
        if not environments:
            what = f"no environment is called {environment}"
            raise UsageError(what, where=str(path), advice=f"It has: {', '.join(e.name for e in known) or 'none'}.")
        return judged(run, environments)


def judged(run: RunFile, environments: Sequence[Environment]) -> JudgedRun:
    """What an open run says of some of its environments."""
    names = {environment.name for environment in environments}
    cells = tuple(cell for cell in run.cells() if cell.environment in names)
    stored = run.verdicts()
    controls = [msgspec.json.decode(body, type=Control) for body in run.controls()]
    return JudgedRun(
        environments=tuple(environments),
        cells=cells,
        verdicts={c.id: msgspec.json.decode(stored[c.id], type=CellVerdict) for c in cells if c.id in stored},
        sources={name: _digest(run.sources(name)) for name in dict.fromkeys(c.scenario for c in cells)},
        invalid=tuple(misbehaved([one for one in controls if one.environment in names])),
    )


def terms_of(path: Path) -> Terms:
    """The terms that a run is judged on. Raises UsageError for a bad run."""
    with RunFile.read(path) as run:
        return Terms.from_meta(run.meta)


def _digest(sources: tuple[Path, str, str] | None) -> str:
    """One text for a declaration and its program, wherever they lay."""
    text = "\0".join(sources[1:]) if sources else ""
    return hashlib.sha256(text.encode()).hexdigest()


def claims_of(folder: Path) -> Claims:
    """The claims that lie in a folder of scenarios, checked against them. Raises UsageError."""
    declared: Iterable[Declared] = map(Declared.from_path, declarations(folder))
    return claim_file.load(folder / claim_file.FILE_NAME, {one.name: one.scenario for one in declared})
