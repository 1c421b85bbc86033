"""A regraded run as text: what changed, cell by cell, and the closing line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mpref.show.summary import closing_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mpref.regrade import Regraded


def regrade_report(judged: Sequence[Regraded]) -> str:
    """Each cell whose verdict differs, with the reason; then the counts."""
    lines = []
    for pair in judged:
        before = pair.before.verdict if pair.before else "no verdict"
        if before != pair.now.verdict:
            lines.append(f"{before} -> {pair.now.verdict}: {pair.now.cell.id}: {pair.now.reason}")
    if not lines:
        lines.append("no verdict differs")
    lines.append(closing_line([pair.now for pair in judged], []))
    return "\n".join(lines) + "\n"
