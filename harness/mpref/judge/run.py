"""A whole run judged: how many cells there are of each verdict, and the exit status that they make."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

from mpref.judge.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mpref.environment import Cell
    from mpref.judge.verdict import CellVerdict

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


def counts(verdicts: Sequence[CellVerdict], missing: Sequence[Cell]) -> dict[Verdict, int]:
    """Cells by verdict; planned ones that did not run are open questions, so they count as inconclusive."""
    counted = Counter(verdict.verdict for verdict in verdicts)
    counted["inconclusive"] += len(missing)
    return {name: counted[name] for name in VERDICTS}


def exit_status(verdicts: Sequence[CellVerdict], missing: Sequence[Cell], invalid: Sequence[str] = ()) -> int:
    """0 all as expected, 1 something differs, 3 nothing failed but something is open or broken, or the run is invalid."""
    if invalid:
        return 3
    counted = counts(verdicts, missing)
    if counted["fail"]:
        return 1
    return 3 if counted["inconclusive"] or counted["broken"] else 0


def without_cut_off(verdicts: Sequence[CellVerdict]) -> list[CellVerdict]:
    """The verdicts but for those that only a limit of the user's left open; a failure of the recorder is none."""
    return [verdict for verdict in verdicts if not (verdict.verdict == "inconclusive" and verdict.cut_off)]
