"""Claims: what the article says, and what the findings of a run make of it.

A scenario's expectations say what Python really does, so that a scenario passes whether or not the article is right.
Hence a claim names, by their sentences, the expectations that support it and those that contradict it. In a cell the
first sort speaks for the claim where it holds and against it where it fails, the second sort against it where it holds.
An expectation that only allows something speaks where this was seen, and one that does not apply says nothing.

What is said in one place (environment, start method, stream kind) is put together without weighing: a general statement
is refuted by one counterexample. What is open (inconclusive, broken, not run) leaves the claim undecided there. The
condition under which a claim holds is read from the places, or is the claim's own `only`, where it is not about places.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta

from mpref.environment import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .judged import JudgedRun
    from .verdict import CellVerdict, Finding

Answer = Literal["holds", "holds only for", "refuted", "undecided"]
Side = Literal["for", "against", "open"]
Place = tuple[str, str]
"""Start method and stream kind."""

Says = Annotated[
    dict[str, str | tuple[str, ...]], Meta(description="By scenario: the sentence, or sentences, of its expectations.")
]


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The same thing in two languages."""

    en: Annotated[str, Meta(min_length=1, description="In English.")]
    zh: Annotated[str, Meta(min_length=1, description="In Chinese.")]


class Claim(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One checkable statement of the article, in our own words, and what decides it."""

    id: Annotated[str, Meta(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$", description="Stable: fork.child-gets-zero.")]
    section: Annotated[str, Meta(min_length=1, description="Where the article says it.")]
    en: Annotated[str, Meta(min_length=1, description="Our paraphrase in English.")]
    zh: Annotated[str, Meta(min_length=1, description="Our paraphrase in Chinese.")]
    note: Annotated[str, Meta(description="The decisive point: what really is so.")] = ""
    only: Annotated[
        Words | None,
        Meta(description="Under which condition it holds, where the evidence goes both ways: holds only for ..."),
    ] = None
    supported_by: Says = {}
    contradicted_by: Says = {}


class Claims(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The statements of one article, in its order."""

    article: Annotated[str, Meta(description="Which article this is, and where it is found.")] = ""
    claim: Annotated[tuple[Claim, ...], Meta(description="The claims.")] = ()


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What one finding, or a cell that has none, says of a claim."""

    cell: Cell
    side: Side
    says: str
    message: str
    """Why the finding has its verdict; counts included."""
    witness: int | None = None


class Local(msgspec.Struct, frozen=True, kw_only=True):
    """A claim in one environment: the answer, its condition or reason, and the answer by start method."""

    environment: str
    answer: Answer
    only: str = ""
    reason: str = ""
    methods: dict[str, Answer] = {}


class JudgedClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim, the answer overall and in each environment, and the evidence."""

    claim: Claim
    answer: Answer
    only: str = ""
    local: tuple[Local, ...]
    evidence: tuple[Evidence, ...]


def judge_claims(claims: Claims, run: JudgedRun) -> list[JudgedClaim]:
    """Every claim, in the article's order."""
    return [judge_claim(claim, run) for claim in claims.claim]


def judge_claim(claim: Claim, run: JudgedRun) -> JudgedClaim:
    """One claim by all findings of a run."""
    evidence = tuple(
        piece
        for cell in run.cells
        if cell.scenario in claim.supported_by or cell.scenario in claim.contradicted_by
        for piece in _evidence(claim, cell, run.verdicts.get(cell.id))
    )
    named = claim.supported_by.keys() | claim.contradicted_by.keys()
    absent = "what decides it is not in this run" if named else "no scenario decides it yet"
    if any(cell.scenario in named for cell in run.cells):
        absent = "nothing that decides it applies here"
    local = tuple(
        _local(claim, environment.name, [e for e in evidence if e.cell.environment == environment.name], absent)
        for environment in run.environments
    )
    answer, only = _overall(claim, local, evidence)
    return JudgedClaim(claim=claim, answer=answer, only=only, local=local, evidence=evidence)


def sentences(says: dict[str, str | tuple[str, ...]], scenario: str) -> tuple[str, ...]:
    """The sentences that are named of a scenario."""
    named = says.get(scenario, ())
    return (named,) if isinstance(named, str) else named


def _evidence(claim: Claim, cell: Cell, verdict: CellVerdict | None) -> Iterator[Evidence]:
    """What a cell says: one piece for each finding that the claim names, or one for a cell that could say nothing."""
    if verdict is None:
        yield Evidence(cell=cell, side="open", says="", message="it did not run")
    elif not verdict.findings and verdict.verdict != "not-applicable":
        yield Evidence(cell=cell, side="open", says="", message=f"{verdict.verdict}: {verdict.reason}")
    else:
        for says, supports in ((claim.supported_by, True), (claim.contradicted_by, False)):
            named = sentences(says, cell.scenario)
            for finding in verdict.findings:
                if finding.check != "default" and finding.says in named and (side := _side(finding, supports=supports)):
                    yield Evidence(
                        cell=cell, side=side, says=finding.says, message=finding.message, witness=finding.witness
                    )


def _side(finding: Finding, *, supports: bool) -> Side | None:
    """Which side a finding takes; None where it says nothing, because what it allows was not seen."""
    if finding.grade == "allowed" and not finding.seen:
        return None
    match finding.verdict:
        case "pass":
            return "for" if supports else "against"
        case "fail":
            return "against" if supports else "open"
        case _:
            return "open"


def _local(claim: Claim, environment: str, evidence: Sequence[Evidence], absent: str) -> Local:
    if not evidence:
        return Local(environment=environment, answer="undecided", reason=absent)
    places = {place: _put_together((e.side for e in group), claim.only) for place, group in _by_place(evidence)}
    methods = {
        method: _one({answer for place, answer in places.items() if place[0] == method})
        for method in dict.fromkeys(place[0] for place in places)
    }
    if "undecided" in places.values():
        first = next(piece for piece in evidence if piece.side == "open")
        reason = f"{first.cell.id}: {first.message}"
        return Local(environment=environment, answer="undecided", reason=reason, methods=methods)
    sides = {piece.side for piece in evidence}
    if claim.only and sides >= {"for", "against"}:
        return Local(environment=environment, answer="holds only for", only=claim.only.en, methods=methods)
    answer = _one(set(places.values()))
    only = _condition(places) if answer == "holds only for" else ""
    return Local(environment=environment, answer=answer, only=only, methods=methods)


def _by_place(evidence: Sequence[Evidence]) -> Iterator[tuple[Place, list[Evidence]]]:
    def place(piece: Evidence) -> Place:
        return piece.cell.method, piece.cell.stream

    for key, group in groupby(sorted(evidence, key=place), key=place):
        yield key, list(group)


def _put_together(sides: Iterable[Side], only: Words | None) -> Answer:
    """One place: a counterexample refutes, but for a claim with a condition; what is open leaves undecided."""
    seen = set(sides)
    if only and seen == {"for", "against"}:
        return "holds only for"
    if "against" in seen:
        return "refuted"
    return "undecided" if "open" in seen else "holds"


def _one(answers: set[Answer]) -> Answer:
    """Several places as one."""
    if "undecided" in answers:
        return "undecided"
    return answers.pop() if len(answers) == 1 else "holds only for"


def _condition(places: dict[Place, Answer]) -> str:
    """The places where it holds, as shortly as they can be told from the others."""
    held = [place for place, answer in places.items() if answer == "holds"]
    refuted = [place for place, answer in places.items() if answer == "refuted"]
    for part in (0, 1):
        ours, theirs = {place[part] for place in held}, {place[part] for place in refuted}
        if not ours & theirs:
            return ", ".join(sorted(ours))
    return ", ".join(f"{method} on a {stream}" for method, stream in held)


def _overall(claim: Claim, local: Sequence[Local], evidence: Sequence[Evidence]) -> tuple[Answer, str]:
    """All environments as one; one in which nothing decides the claim does not count while others decide it."""
    spoken = {piece.cell.environment for piece in evidence}
    counted = [one for one in local if one.environment in spoken]
    answers = {one.answer for one in counted}
    if not counted or "undecided" in answers:
        return "undecided", ""
    if claim.only and any(one.only == claim.only.en for one in counted):
        return "holds only for", claim.only.en
    if len(answers) == 1 and len({one.only for one in counted}) == 1:
        return counted[0].answer, counted[0].only
    return "holds only for", _where(counted)


def _where(local: Sequence[Local]) -> str:
    """Environments by the condition under which it holds there."""
    conditions: dict[str, list[str]] = {}
    for one in local:
        if one.answer != "refuted":
            conditions.setdefault(one.only, []).append(one.environment)
    parts = []
    for only, names in conditions.items():
        where = "" if len(names) == len(local) else ", ".join(names)
        parts.append(f"{only} ({where})" if only and where else only or where)
    return "; ".join(parts)
