"""Comparing two judged runs: how their environments differ, and cell by cell what changed in verdicts and outcomes.

Cells are matched by their ids without the version, environments one to one: those of one name, then those of one kind
and minor version, then those of one kind; two that stand alone in their runs are matched whatever they are. An outcome is
what a check saw of a trial; one that only one of two cells showed is a change, also where the declaration allows both.
"""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING, Any

import msgspec
from packaging.version import Version

from mpref.environment import Cell, Environment
from mpref.errors import UsageError

from .chance import ERROR, lower_tail

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .judged import JudgedRun
    from .verdict import CellVerdict, Finding

CERTAIN = frozenset({"always", "never"})
"""Grades of what chance has no part in."""

MOMENTARY = "left at exit"
"""Who is still there when the program ends is a matter of moments, as far as the declaration allows any."""

MISSING = "not run"
"""In the place of a verdict: the cell was planned and did not run."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that two environments do not share; an empty side is one that has nothing of it."""

    field: str
    old: str
    new: str


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two environments that are compared, and how they differ."""

    old: Environment
    new: Environment
    differences: tuple[Difference, ...]


class Outcomes(msgspec.Struct, frozen=True, kw_only=True):
    """One expectation whose outcomes are not those of the other run; counts by outcome, empty where it does not apply."""

    says: str
    grade: str
    old: dict[str, int]
    new: dict[str, int]
    maybe_chance: bool
    """So few trials, at the rates seen, that the difference may be chance."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One cell in both runs, with what is not the same."""

    old: Cell
    new: Cell
    old_verdict: str
    new_verdict: str
    reason: str
    """Why the new verdict is what it is."""
    outcomes: tuple[Outcomes, ...]

    @property
    def maybe_chance(self) -> bool:
        """Whether more trials might show that nothing has changed."""
        return self.old_verdict == self.new_verdict and all(one.maybe_chance for one in self.outcomes)


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two runs side by side."""

    pairs: tuple[Pair, ...]
    only_old: tuple[Environment, ...]
    """Environments without a partner."""
    only_new: tuple[Environment, ...]
    rules: tuple[int, ...]
    """The versions of the rules that the verdicts were made by."""
    rewritten: tuple[str, ...]
    """Scenarios whose declaration or program is not the same in both runs."""
    invalid: tuple[str, ...]
    """Why one of the runs is invalid, so that nothing here counts."""
    compared: int
    changes: tuple[Change, ...]
    missing: tuple[Cell, ...]
    """Cells that the old run has and the new one has not; and the other way round."""
    new: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        """Whether any cell or environment is not in both runs, or not the same; that two versions differ is no difference."""
        return bool(self.changes or self.missing or self.new or self.only_old or self.only_new)


def compare(old: JudgedRun, new: JudgedRun) -> Comparison:
    """What changed from one run to the other. Raises UsageError where it is not clear which environments belong together."""
    partners = matched(old.environments, new.environments)
    ours = {
        c: (c.scenario, partners[c.environment].name, c.method, c.stream)
        for c in old.cells
        if c.environment in partners
    }
    names = {environment.name for environment in partners.values()}
    theirs = {(c.scenario, c.environment, c.method, c.stream): c for c in new.cells if c.environment in names}
    both = [(cell, theirs[key]) for cell, key in ours.items() if key in theirs]
    changes = [_change(a, b, old.verdicts.get(a.id), new.verdicts.get(b.id)) for a, b in both]
    known = {environment.name: environment for environment in old.environments}
    return Comparison(
        pairs=tuple(Pair(old=known[n], new=e, differences=_differences(known[n], e)) for n, e in partners.items()),
        only_old=tuple(e for e in old.environments if e.name not in partners),
        only_new=tuple(e for e in new.environments if e.name not in names),
        rules=tuple(sorted({v.rules for run in (old, new) for v in run.verdicts.values()})),
        rewritten=tuple(sorted(n for n, s in old.sources.items() if new.sources.get(n, s) != s)),
        invalid=(*(f"old run: {why}" for why in old.invalid), *(f"new run: {why}" for why in new.invalid)),
        compared=len(both),
        changes=tuple(change for change in changes if change is not None),
        missing=tuple(cell for cell, key in ours.items() if key not in theirs),
        new=tuple(cell for key, cell in theirs.items() if key not in set(ours.values())),
    )


def matched(old: Sequence[Environment], new: Sequence[Environment]) -> dict[str, Environment]:
    """The new environment that belongs to each old one, by the old one's name. Raises UsageError where several could be."""
    if len(old) == len(new) == 1:
        return {old[0].name: new[0]}
    partners: dict[str, Environment] = {}
    likenesses: tuple[Callable[[Environment], Any], ...] = (
        lambda e: e.name,
        lambda e: (e.kind, Version(e.version).release[:2]),
        lambda e: e.kind,
    )
    for alike in likenesses:
        taken = {environment.name for environment in partners.values()}
        ours = [e for e in old if e.name not in partners]
        theirs = [e for e in new if e.name not in taken]
        for one in ours:
            same = [e for e in ours if alike(e) == alike(one)]
            others = [e for e in theirs if alike(e) == alike(one)]
            if len(same) == len(others) == 1:
                partners[one.name] = others[0]
    _refuse_ambiguity(partners, old, new)
    return partners


def _refuse_ambiguity(partners: dict[str, Environment], old: Sequence[Environment], new: Sequence[Environment]) -> None:
    taken = {environment.name for environment in partners.values()}
    for one in old:
        others = [e.name for e in new if e.kind == one.kind and e.name not in taken]
        if one.name not in partners and others:
            same = [e.name for e in old if e.kind == one.kind and e.name not in partners]
            what = f"it is not clear which environments belong together: {', '.join(same)} or {', '.join(others)}"
            raise UsageError(what, advice="Choose with --old-environment and --new-environment.")


def _differences(old: Environment, new: Environment) -> tuple[Difference, ...]:
    """Field by field; of capabilities only those that are not in both."""
    found = []
    for field in Environment.__struct_fields__:
        ours, theirs = getattr(old, field), getattr(new, field)
        if field == "capabilities":
            ours, theirs = sorted(set(ours) - set(theirs)), sorted(set(theirs) - set(ours))
        if ours != theirs:
            found.append(Difference(field=field, old=_text(ours), new=_text(theirs)))
    return tuple(found)


def _text(value: Any) -> str:
    if isinstance(value, (tuple, list)):
        return ", ".join(map(str, value))
    return {"None": "none", "True": "yes", "False": "no"}.get(str(value), str(value))


def _change(old: Cell, new: Cell, before: CellVerdict | None, after: CellVerdict | None) -> Change | None:
    """What is not the same of one cell; None where all is."""
    was, now = (verdict.verdict if verdict else MISSING for verdict in (before, after))
    outcomes = _outcomes(before.findings if before else (), after.findings if after else ())
    if was == now and not outcomes:
        return None
    reason = after.reason if after and was != now else ""
    return Change(old=old, new=new, old_verdict=was, new_verdict=now, reason=reason, outcomes=outcomes)


def _outcomes(old: Sequence[Finding], new: Sequence[Finding]) -> tuple[Outcomes, ...]:
    """Findings that one of two cells has alone, or whose outcomes are not the same. Without any in one cell: none."""
    if not old or not new:
        return ()
    ours, theirs = _numbered(old), _numbered(new)
    endless = _endless(old) and _endless(new)
    found = []
    for key in ours | theirs:
        before, after = ours.get(key), theirs.get(key)
        was, now = (finding.histogram if finding else {} for finding in (before, after))
        if was.keys() != now.keys():
            one = before or after
            assert one is not None
            momentary = one.aspect == MOMENTARY
            drawn = all(f and f.by_chance and f.verdict == "pass" for f in (before, after))  # of several that it allows
            single = len(was) <= 1 and len(now) <= 1
            certain = one.grade in CERTAIN and single and not (drawn or momentary or endless)
            chance = bool(was and now) and _maybe_chance(was, now, certain=certain, momentary=momentary)
            found.append(Outcomes(says=one.says, grade=one.grade, old=was, new=now, maybe_chance=chance))
    return tuple(found)


def _numbered(findings: Sequence[Finding]) -> dict[tuple[str, str, int], Finding]:
    """Findings by sentence and kind; several of one sentence are told apart by their order."""
    numbered: dict[tuple[str, str, int], Finding] = {}
    for finding in findings:
        number = sum(key[:2] == (finding.says, finding.check) for key in numbered)
        numbered[finding.says, finding.check, number] = finding
    return numbered


def _endless(findings: Sequence[Finding]) -> bool:
    """Whether the harness had to end it while it went on: how far it had got by then tells nothing."""
    return any(
        outcome.startswith("endless")
        for finding in findings
        if finding.aspect == "end"
        for outcome in finding.histogram
    )


def _maybe_chance(old: dict[str, int], new: dict[str, int], *, certain: bool, momentary: bool) -> bool:
    """Whether so few trials may have missed what they lack.

    Where no outcome is common to both, chance is thought of only if the outcome is not `certain`: it is if chance has no part
    in it by its grade or its declaration, each run showed one alone, and the program ended. Where one is common, rates tell,
    but not of what is `momentary`: those go with the load.
    """
    if not old.keys() & new.keys():
        trials, others = sum(old.values()), sum(new.values())
        return not certain and 1 / comb(trials + others, trials) >= ERROR
    return momentary or (_missable(old, new) and _missable(new, old))


def _missable(seen: dict[str, int], other: dict[str, int]) -> bool:
    """Whether each outcome that the other lacks was rare enough to be missed there."""
    trials, others = sum(seen.values()), sum(other.values())
    return all(
        lower_tail(0, others, count / trials) >= ERROR for outcome, count in seen.items() if outcome not in other
    )
