"""The scenarios as a list: the reading path first, then what each shows and how it is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mpref.plan import Declared


def listing(declared: Sequence[Declared]) -> str:
    """The reading path, then two lines a scenario, grouped by chapter; ends with their number."""
    lines = reading_path(declared)
    for one in declared:
        scenario = one.scenario
        lines.append(f"{one.name}: {scenario.title}")
        kinds = ", ".join(sorted({e.check_kind for e in scenario.expect}))
        ways = f"{scenario.form}; {', '.join(scenario.methods)}; {', '.join(scenario.streams)}"
        lines.append(f"    {ways}; {len(scenario.expect)} expectations: {kinds}")
    lines.append(f"{len(declared)} scenarios")
    return "\n".join(lines) + "\n"


def reading_path(declared: Sequence[Declared]) -> list[str]:
    """A heading and a line for each scenario that newcomers read, by number, and an empty line; nothing where none is."""
    numbered = sorted((one.scenario.reading, one.name, one.scenario.title) for one in declared if one.scenario.reading)
    if not numbered:
        return []
    return ["Reading path", *(f"  {number}. {name}: {title}" for number, name, title in numbered), ""]
