"""The claims of a judged run: one row a claim, the answer overall and in each environment; the evidence on demand."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Literal, get_args

from rich import box
from rich.table import Table
from rich.text import Text

from mpref.judge.claims import Answer, Claim, Evidence, JudgedClaim, Local
from mpref.show.console import markdown_head, markdown_row, plain_console, unicode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Language = Literal["en", "zh"]
STYLES: dict[Answer, str] = {"holds": "green", "holds only for": "yellow", "refuted": "bold red", "undecided": "dim"}
SIDES = {"for": "+", "against": "-", "open": "?"}
STATEMENT = 60
"""Columns that the claim itself takes; an environment takes `FIELD`."""
FIELD = 16


def claims_report(judged: Sequence[JudgedClaim], *, language: Language = "en", evidence: bool = False) -> str:
    """The table for a terminal, why what is undecided is so, and the closing line."""
    names = _environments(judged)
    console, buffer = plain_console(STATEMENT + FIELD * (1 + len(names)))
    table = Table(box=box.SIMPLE_HEAD if unicode() else box.ASCII, pad_edge=False)
    table.add_column("claim", overflow="fold", min_width=40)
    for name in ("overall", *names):
        table.add_column(name, overflow="fold")
    for one in judged:
        said = Text.assemble((one.claim.id, "bold"), f"\n{_words(one.claim, language)}")
        fields = [_styled(one.answer, answer_text(one, language))]
        fields += [_styled(local.answer, local_text(one, local, language)) for local in one.local]
        table.add_row(said, *fields)
    console.print(table)
    lines = [line for one in judged for line in _evidence(one)] if evidence else list(_open(judged))
    return buffer.getvalue() + "".join(f"{line}\n" for line in (*lines, closing_line(judged)))


def claims_markdown(judged: Sequence[JudgedClaim], *, language: Language = "en", evidence: bool = False) -> str:
    """The same as Markdown, a table for each section of the article."""
    names = _environments(judged)
    lines = ["# Claims", "", closing_line(judged)]
    for section, members in groupby(judged, lambda one: one.claim.section):
        lines += ["", f"## {section}", "", *markdown_head("claim", "says", "overall", *names)]
        for one in members:
            answers = [f"**{answer_text(one, language)}**", *(local_text(one, local, language) for local in one.local)]
            lines.append(markdown_row(f"`{one.claim.id}`", _words(one.claim, language), *answers))
    if evidence:
        lines += ["", "## Evidence", ""]
        lines += [f"    {line}" for one in judged for line in _evidence(one)]
    else:
        lines += ["", *(f"- {line}" for line in _open(judged))]
    return "\n".join(lines).rstrip("\n") + "\n"


def closing_line(judged: Sequence[JudgedClaim]) -> str:
    """How many claims there are, and how many of each answer."""
    counts = Counter(one.answer for one in judged)
    return f"claims: {len(judged)}, " + ", ".join(f"{counts[name]} {name}" for name in get_args(Answer))


def exit_status(judged: Sequence[JudgedClaim]) -> int:
    """0 all decided, 3 something is open. That a claim is wrong is no difference: it is the answer."""
    return 3 if any(one.answer == "undecided" for one in judged) else 0


def answer_text(one: JudgedClaim, language: Language = "en") -> str:
    """The answer overall, with its condition."""
    return _with_condition(one.claim, one.answer, one.only, language)


def local_text(one: JudgedClaim, local: Local, language: Language = "en") -> str:
    """The answer in one environment; what is said overall already is not said again."""
    if (local.answer, local.only) == (one.answer, one.only) and local.only:
        return "so"
    return _with_condition(one.claim, local.answer, local.only, language)


def _with_condition(claim: Claim, answer: Answer, only: str, language: Language) -> str:
    if claim.only and only == claim.only.en:
        only = getattr(claim.only, language)
    return f"{answer} {only}" if only else answer


def _words(claim: Claim, language: Language) -> str:
    return claim.zh if language == "zh" else claim.en


def _environments(judged: Sequence[JudgedClaim]) -> list[str]:
    return [local.environment for local in judged[0].local] if judged else []


def _styled(answer: Answer, text: str) -> Text:
    return Text(text, STYLES[answer])


def _open(judged: Sequence[JudgedClaim]) -> Iterator[str]:
    """Why a claim is undecided, environment by environment; once where the reason is the same."""
    for one in judged:
        for reason in dict.fromkeys(local.reason for local in one.local if local.answer == one.answer == "undecided"):
            yield f"undecided  {one.claim.id}: {reason}"


def _evidence(one: JudgedClaim) -> Iterator[str]:
    """All that decides a claim: what speaks for it (+), against it (-), and what is open (?)."""
    yield f"{one.claim.id}: {answer_text(one)}"
    if one.claim.note:
        yield f"    {one.claim.note}"
    for local in one.local:
        by_method = ", ".join(f"{method} {answer}" for method, answer in local.methods.items())
        yield f"    {local.environment}: {by_method or local.reason}"

    def key(piece: Evidence) -> tuple[str, str, str, str, str]:
        return SIDES[piece.side], piece.cell.scenario, piece.says, piece.message, piece.cell.environment

    for (mark, scenario, says, message, environment), group in groupby(sorted(one.evidence, key=key), key):
        cells = [piece.cell for piece in group]
        where = ", ".join(dict.fromkeys(f"{cell.method}-{cell.stream}" for cell in cells))
        yield f"  {mark} {scenario} [{environment}: {where}] {says or 'nothing'} ({message})"
