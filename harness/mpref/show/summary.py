"""A judged run as a table (scenario x start method), what of its plan did not run, and its closing line."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from mpref.judge.run import counts
from mpref.show.console import plain_console, unicode
from mpref.show.progress import STYLES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mpref.environment import Cell
    from mpref.judge.verdict import CellVerdict

METHODS = ("default", "fork", "spawn", "forkserver", "none")
WORST: tuple[str, ...] = ("missing", "broken", "fail", "inconclusive", "pass", "not-applicable")
MARK = {
    "missing": "MISSING",
    "broken": "BROKEN",
    "fail": "FAIL",
    "inconclusive": "open",
    "pass": "pass",
    "not-applicable": "n/a",
}


def summary(verdicts: Sequence[CellVerdict], missing: Sequence[Cell], results: Path) -> str:
    """The final table, the cells that did not run, and where the run is stored."""
    console, buffer = plain_console()
    console.print(_table(verdicts, missing, ascii_only=not unicode()))
    if missing:
        console.print(Text(f"{len(missing)} planned cells did not run; go on with --resume {results}:", "bold red"))
        for cell in missing:
            console.print(Text(f"  missing  {cell.id}", "red"))
    for verdict in verdicts:
        if verdict.verdict in {"fail", "broken", "inconclusive"}:
            console.print(
                Text.assemble(
                    (f"{verdict.verdict:<13}", STYLES[verdict.verdict]), f" {verdict.cell.id}: {verdict.reason}"
                )
            )
    console.print(f"run stored in {results}")
    return buffer.getvalue()


def _table(verdicts: Sequence[CellVerdict], missing: Sequence[Cell], *, ascii_only: bool) -> Table:
    """One row a scenario, one column a start method; a field tells its worst verdict and, of several cells, how many."""
    fields: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for verdict in verdicts:
        fields[verdict.cell.scenario, verdict.cell.method][verdict.verdict] += 1
    for cell in missing:
        fields[cell.scenario, cell.method]["missing"] += 1
    methods = [m for m in METHODS if any(key[1] == m for key in fields)]
    table = Table(box=box.ASCII if ascii_only else box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("scenario", overflow="fold")
    for method in methods:
        table.add_column(method)
    for scenario in sorted({key[0] for key in fields}):
        table.add_row(scenario, *(_field(fields.get((scenario, m), Counter())) for m in methods))
    return table


def _field(counts: Counter[str]) -> Text:
    worst = next((v for v in WORST if counts[v]), None)
    if worst is None:
        return Text("")
    share = f" {counts[worst]}/{counts.total()}" if counts.total() > 1 and len(counts) > 1 else ""
    return Text(MARK[worst] + share, STYLES.get(worst, "bold red"))


def closing_line(verdicts: Sequence[CellVerdict], missing: Sequence[Cell]) -> str:
    """The last line of a run."""
    parts = ", ".join(f"{count} {name}" for name, count in counts(verdicts, missing).items())
    return f"scenarios: {len(verdicts) + len(missing)} cells, {parts}"
