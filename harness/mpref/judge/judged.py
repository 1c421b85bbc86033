"""A judged run as data: what is put beside the claims, and beside another run."""

from __future__ import annotations

import msgspec

from mpref.environment import Cell, Environment

from .verdict import CellVerdict


class JudgedRun(msgspec.Struct, frozen=True, kw_only=True):
    """Its plan, its environments, its verdicts by cell id (a cell that did not run has none), and what its scenarios said."""

    environments: tuple[Environment, ...]
    cells: tuple[Cell, ...]
    verdicts: dict[str, CellVerdict]
    sources: dict[str, str] = {}
    """By scenario: declaration and program, or a digest of them; equal where they were the same."""
    invalid: tuple[str, ...] = ()
    """Why none of its verdicts counts: the controls that misbehaved, a line each."""

    @property
    def missing(self) -> tuple[Cell, ...]:
        """Planned cells that did not run."""
        return tuple(cell for cell in self.cells if cell.id not in self.verdicts)
