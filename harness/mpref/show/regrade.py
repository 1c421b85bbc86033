"""A regraded run as text: what changed, cell by cell, and the closing line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mpref.show.summary import closing_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mpref.regrade import Regraded


def regrade_report(judged: Sequence[Regraded]) -> str:
    """Each cell whose verdict differs, with the reason; then the counts."""
    changed = [pair for pair in judged if not pair.before or pair.before.verdict != pair.now.verdict]
    lines = list(_versions(judged))
    for pair in changed:
        before = pair.before.verdict if pair.before else "no verdict"
        lines.append(f"{before} -> {pair.now.verdict}: {pair.now.cell.id}: {pair.now.reason}")
    if not changed:
        lines.append("no verdict differs")
    lines.append(closing_line([pair.now for pair in judged], []))
    return "\n".join(lines) + "\n"


def _versions(judged: Sequence[Regraded]) -> Iterator[str]:
    """Under which rules and declarations the run was judged, where they are not those of today."""
    for what, before, now in (
        ("rules", {p.before.rules for p in judged if p.before}, {p.now.rules for p in judged}),
        ("efforts", {p.before.effort or "none" for p in judged if p.before}, {p.now.effort for p in judged}),
    ):
        if before - now:
            yield f"judged by {what} {', '.join(map(str, sorted(before)))}; now by {', '.join(map(str, sorted(now)))}"
    for pair in judged:
        if pair.before and pair.before.declaration != pair.now.declaration:
            yield f"{pair.now.cell.id}: declaration {pair.before.declaration}, now {pair.now.declaration}"
