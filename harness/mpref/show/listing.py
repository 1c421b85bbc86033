"""The scenarios as a list: what each shows and how it is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mpref.plan import Declared


def listing(declared: Sequence[Declared]) -> str:
    """Two lines a scenario, grouped by chapter; ends with their number."""
    lines = []
    for one in declared:
        scenario = one.scenario
        lines.append(f"{one.name}: {scenario.title}")
        kinds = ", ".join(sorted({e.check_kind for e in scenario.expect}))
        ways = f"{scenario.form}; {', '.join(scenario.methods)}; {', '.join(scenario.streams)}"
        lines.append(f"    {ways}; {len(scenario.expect)} expectations: {kinds}")
    lines.append(f"{len(declared)} scenarios")
    return "\n".join(lines) + "\n"
