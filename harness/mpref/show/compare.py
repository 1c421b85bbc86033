"""Two runs side by side: their environments first, then what changed cell by cell, then what only one of them has."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from mpref.judge.compare import Change
from mpref.show.cells import histogram

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mpref.judge.compare import Comparison, Difference, Outcomes

LONG = 100
"""Beyond so many characters a value of an environment is cut for the terminal and for Markdown alike."""


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The same change in several cells of a scenario."""

    scenario: str
    cells: tuple[str, ...]
    change: Change


def comparison_report(one: Comparison) -> str:
    """The comparison for a terminal."""
    lines: list[str] = []
    for pair in one.pairs:
        lines += [f"{pair.old.name} -> {pair.new.name}", *(f"    {_difference(d)}" for d in pair.differences)]
    lines += [*_notes(one), ""]
    for group in _groups(one.changes):
        lines.append(f"{_verdicts(group.change)}: {group.scenario} [{'; '.join(group.cells)}]")
        if group.change.reason:
            lines.append(f"    {group.change.reason}")
        for headlines, outcomes in _outcomes(group.change):
            lines += [*(f"    {headline}" for headline in headlines)]
            lines += [*_side("old", outcomes.old), *_side("new", outcomes.new)]
    lines += [f"{word}: {cell}" for word, cell in _lacking(one)]
    return "\n".join([*lines, closing_line(one)]) + "\n"


def comparison_markdown(one: Comparison) -> str:
    """The comparison as Markdown."""
    lines = ["# Comparison", "", closing_line(one), "", "## Environments", ""]
    for pair in one.pairs:
        lines += [f"- `{pair.old.name}` -> `{pair.new.name}`", *(f"    - {_difference(d)}" for d in pair.differences)]
    lines += [f"- {note}" for note in _notes(one)]
    groups = _groups(one.changes)
    lines += ["", "## Changes", ""] if groups else []
    for group in groups:
        cells = ", ".join(f"`{cell}`" for cell in group.cells)
        lines.append(f"- **{group.scenario}** ({cells}): {_verdicts(group.change)}")
        lines += [f"    - {group.change.reason}"] if group.change.reason else []
        for headlines, outcomes in _outcomes(group.change):
            lines.append(f"    - {' '.join(headlines)}")
            lines += [f"        - old: {_line(outcomes.old)}", f"        - new: {_line(outcomes.new)}"]
    lacking = list(_lacking(one))
    lines += ["", "## In one run only", ""] if lacking else []
    return "\n".join([*lines, *(f"- {word}: `{cell}`" for word, cell in lacking)]).rstrip("\n") + "\n"


def closing_line(one: Comparison) -> str:
    """What was compared and how much of it is not the same."""
    verdicts = sum(change.old_verdict != change.new_verdict for change in one.changes)
    chance = sum(change.maybe_chance for change in one.changes)
    return (
        f"comparison: {one.compared} cells in both runs, {verdicts} verdicts changed, "
        f"{len(one.changes) - verdicts - chance} with other outcomes, {chance} with outcomes that may be chance, "
        f"{len(one.missing)} missing, {len(one.new)} new"
    )


def exit_status(one: Comparison) -> int:
    """0 nothing differs, 1 something differs, 3 a run is invalid. That two versions are not the same is no difference."""
    return 3 if one.invalid else int(one.differs)


def _difference(one: Difference) -> str:
    if one.field == "capabilities":
        gone = f"gone: {one.old}" if one.old else ""
        new = f"new: {one.new}" if one.new else ""
        return f"{one.field}: {'; '.join(part for part in (gone, new) if part)}"
    return f"{one.field}: {_short(one.old)} -> {_short(one.new)}"


def _short(text: str) -> str:
    text = text or "none"
    return text if len(text) <= LONG else f"{text[: LONG - 3]}..."


def _notes(one: Comparison) -> Iterator[str]:
    """What the reader has to know before the changes."""
    yield from (f"INVALID, nothing here counts: {why}" for why in one.invalid)
    for word, environments in (("only in the old run", one.only_old), ("only in the new run", one.only_new)):
        yield from (f"{word}: {environment.name}" for environment in environments)
    if len(one.rules) > 1:
        versions = " and ".join(map(str, one.rules))
        yield f"the verdicts were made by different rules ({versions}): `mpref regrade --update` both runs first"
    if one.rewritten:
        yield f"scenarios rewritten in between, so that more than Python may have changed: {', '.join(one.rewritten)}"


def _verdicts(change: Change) -> str:
    if change.maybe_chance:
        return f"{change.new_verdict}, other outcomes, which may be chance"
    if change.old_verdict == change.new_verdict:
        return f"{change.new_verdict}, other outcomes"
    return f"{change.old_verdict} -> {change.new_verdict}"


def _headline(one: Outcomes) -> str:
    if not one.old or not one.new:
        return f"{one.grade}, declared for the {'new' if one.new else 'old'} one only: {one.says}"
    return f"{one.grade}: {one.says}{' (may be chance)' if one.maybe_chance else ''}"


def _outcomes(change: Change) -> list[tuple[list[str], Outcomes]]:
    """What was seen, with the headlines of all expectations that saw the same."""
    seen: dict[str, tuple[list[str], Outcomes]] = {}
    for one in change.outcomes:
        headlines, _ = seen.setdefault(repr((one.old, one.new)), ([], one))
        headlines.append(_headline(one))
    return list(seen.values())


def _side(name: str, counts: dict[str, int]) -> Iterable[str]:
    return (f"        {name} {line.strip()}" for line in histogram(counts))


def _line(counts: dict[str, int]) -> str:
    return "; ".join(f"{count} x {outcome}" for outcome, count in counts.items()) or "-"


def _groups(changes: Sequence[Change]) -> list[Group]:
    """Changes that are the same in several cells of a scenario and environment, together; what may be chance comes last."""

    def key(change: Change) -> tuple[bool, bool, str, str, str]:
        body = repr((change.old_verdict, change.new_verdict, change.reason, change.outcomes))
        same = change.old_verdict == change.new_verdict
        return change.maybe_chance, same, change.old.scenario, change.old.environment, body

    groups = []
    for _, group in groupby(sorted(changes, key=key), key):
        members = list(group)
        cells = tuple(f"{change.new.environment}-{change.new.method}-{change.new.stream}" for change in members)
        groups.append(Group(scenario=members[0].old.scenario, cells=cells, change=members[0]))
    return groups


def _lacking(one: Comparison) -> Iterator[tuple[str, str]]:
    yield from (("missing", cell.id) for cell in one.missing)
    yield from (("new", cell.id) for cell in one.new)
