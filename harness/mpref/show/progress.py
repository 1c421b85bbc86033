"""Progress of a run: a live line on a terminal, one plain line a cell elsewhere."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Console
from rich.live import Live
from rich.text import Text

if TYPE_CHECKING:
    from mpref.judge.verdict import CellVerdict

STYLES = {
    "pass": "green",
    "fail": "bold red",
    "inconclusive": "yellow",
    "not-applicable": "dim",
    "broken": "bold magenta",
}


class Progress:
    """Shows cells as they are judged."""

    def __init__(self, cells: int, console: Console | None = None) -> None:
        self._cells = cells
        self._console = console or Console(highlight=False, soft_wrap=True)
        self._counts: Counter[str] = Counter()
        self._live: Live | None = None

    def done(self, verdict: CellVerdict) -> None:
        """One more cell is judged."""
        self._counts[verdict.verdict] += 1
        line = Text.assemble((f"{verdict.verdict:<14}", STYLES[verdict.verdict]), f"  {verdict.cell.id}")
        if not self._console.is_terminal:
            self._console.print(line)
            return
        if self._live is None:
            self._live = Live(console=self._console, transient=True, refresh_per_second=8)
            self._live.start()
        if verdict.verdict not in {"pass", "not-applicable"}:
            self._live.console.print(line)
        tally = Text("  ").join(Text(f"{n} {v}", STYLES[v]) for v, n in self._counts.items())
        self._live.update(
            Text.assemble(f"{self._counts.total()} of {self._cells} cells: ", tally, "  ", (verdict.cell.id, "dim"))
        )

    def close(self) -> None:
        """Takes the live line away."""
        if self._live:
            self._live.stop()
            self._live = None
