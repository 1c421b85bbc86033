"""A run as JSON: its types are the published schema (docs/export.schema.json, made by `python -m mpref.show.export`).

It is written cell by cell, so that a run of any size needs the memory of one cell.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import msgspec

from mpref.environment import Cell, Environment
from mpref.history import History
from mpref.judge.control import Control
from mpref.judge.verdict import CellVerdict

if TYPE_CHECKING:
    from mpref.record.store import RunFile

FORMAT = 2
"""2: the controls, and what newer rules tell in verdicts and histories."""


class ExportedCell(msgspec.Struct, frozen=True, kw_only=True):
    """A planned cell, its verdict (null: it did not run) and its trials; bytes are base64."""

    id: str
    cell: Cell
    verdict: CellVerdict | None
    trials: tuple[History, ...]


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """A whole run."""

    format: int
    meta: dict[str, str]
    environments: tuple[Environment, ...]
    controls: tuple[Control, ...]
    cells: tuple[ExportedCell, ...]


def write_export(run: RunFile, file: IO[bytes]) -> None:
    """Writes the run as one JSON object of the form `Export`."""
    head = {"format": FORMAT, "meta": run.meta, "environments": run.environments(), "controls": _controls(run)}
    file.write(msgspec.json.encode(head)[:-1] + b',"cells":[')
    stored = run.verdicts()
    for number, cell in enumerate(run.cells()):
        verdict = msgspec.json.decode(stored[cell.id], type=CellVerdict) if cell.id in stored else None
        exported = ExportedCell(id=cell.id, cell=cell, verdict=verdict, trials=tuple(run.histories(cell)))
        file.write((b",\n" if number else b"\n") + msgspec.json.encode(exported))
    file.write(b"\n]}\n")


def _controls(run: RunFile) -> list[Control]:
    return [msgspec.json.decode(body, type=Control) for body in run.controls()]


def schema() -> dict[str, Any]:
    """The JSON Schema of what `write_export` writes."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Export)}


if __name__ == "__main__":
    text = msgspec.json.format(msgspec.json.encode(schema()), indent=2) + b"\n"
    Path(sys.argv[1]).write_bytes(text)
