"""The doctor's facts as lines: state, topic, value, and what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mpref.record.machine import Fact


def doctor_report(facts: Sequence[Fact]) -> str:
    """One paragraph a fact; reads without colour."""
    width = max(len(fact.topic) for fact in facts)
    lines = []
    for fact in facts:
        lines.append(f"{fact.state:<8} {fact.topic:<{width}}  {fact.value}")
        lines.append(f"{'':<8} {'':<{width}}  -> {fact.meaning}")
    return "\n".join(lines) + "\n"
