"""A judged run as a table (scenario x start method), what of its plan did not run, and its closing line."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from mpref.judge.control import ITSELF, misbehaved
from mpref.judge.run import counts
from mpref.judge.terms import RUN_ERROR
from mpref.show.console import plain_console, unicode
from mpref.show.progress import STYLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mpref.environment import Cell
    from mpref.judge.control import Control
    from mpref.judge.terms import Terms
    from mpref.judge.verdict import CellVerdict

FEW = 5
"""Cells left open by a limit of the user's that are told one by one."""

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


def summary(
    verdicts: Sequence[CellVerdict], missing: Sequence[Cell], controls: Sequence[Control], terms: Terms, results: Path
) -> str:
    """The final table, the cells that did not run, the controls, what chance may do, and where the run is stored."""
    console, buffer = plain_console()
    console.print(_table(verdicts, missing, ascii_only=not unicode()))
    if missing:
        console.print(Text(f"{len(missing)} planned cells did not run; go on with --resume {results}:", "bold red"))
        for cell in missing:
            console.print(Text(f"  missing  {cell.id}", "red"))
    for line in (*_told(verdicts), *_trust(verdicts, controls, terms)):
        console.print(line)
    console.print(f"run stored in {results}")
    return buffer.getvalue()


def _told(verdicts: Sequence[CellVerdict]) -> Iterator[Text]:
    """A line for each cell that did not pass; of those that the user's own limit left open the first few, and how many more."""
    cut_off = [verdict for verdict in verdicts if verdict.verdict == "inconclusive" and verdict.cut_off]
    more = cut_off[FEW:]
    untold = {verdict.cell.id for verdict in more}
    for verdict in verdicts:
        if verdict.verdict in {"fail", "broken", "inconclusive"} and verdict.cell.id not in untold:
            style = STYLES[verdict.verdict]
            yield Text.assemble((f"{verdict.verdict:<13}", style), f" {verdict.cell.id}: {verdict.reason}")
    if more:
        limits = ", ".join(dict.fromkeys(verdict.cut_off for verdict in more))
        told = f" {len(more)} more cells that {limits} left open: the table marks them, and the run holds their reasons"
        yield Text.assemble((f"{'inconclusive':<13}", STYLES["inconclusive"]), told)


def _trust(verdicts: Sequence[CellVerdict], controls: Sequence[Control], terms: Terms) -> Iterator[Text | str]:
    """What the verdicts can be trusted for: trials, the error of the run, and the controls."""
    drawn = sum(verdict.trials for verdict in verdicts)
    yield (
        f"{drawn} trials ({terms.effort.name}); {terms.chances} expectations that chance alone could fail: "
        f"at most 1 in {round(1 / RUN_ERROR)} such runs has a false failure"
    )
    wrong = misbehaved(controls)
    if wrong:
        yield Text("INVALID: a control misbehaved, so none of these verdicts counts:", "bold red")
        yield from (Text(f"  {reason}", "red") for reason in wrong)
    elif controls:
        environments = len({control.environment for control in controls})
        caught = sum(control.name != ITSELF for control in controls)
        told = [control.told for control in controls if control.name == ITSELF]
        beside = f"; beside itself: {'; '.join(dict.fromkeys(told))}" if told else ""
        yield f"controls: {caught} sentinels in {environments} environments, all caught{beside}"


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
