"""Verdicts: what the judge says of an expectation and of a cell. Data only; show renders it, nothing here decides."""

from __future__ import annotations

from typing import Literal

import msgspec

from mpref.environment import Cell

Verdict = Literal["pass", "fail", "inconclusive", "not-applicable", "broken"]

RULES = 4
"""The version of the rules that turn histories into verdicts; it goes up whenever a verdict could change."""


class Finding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One expectation, or one default, over all trials of a cell."""

    says: str
    because: str = ""
    grade: str
    check: str
    """The kind of check; `default` for what is expected of every program."""
    source: str = ""
    verdict: Verdict
    seen: int
    """Trials in which it held."""
    undecided: int
    """Trials that could not tell."""
    trials: int
    histogram: dict[str, int]
    """Outcomes and how often each was seen, the most frequent first."""
    witness: int | None
    """The number of the shortest trial that proves the verdict; None where none does."""
    message: str
    """Why this verdict, in one line."""
    by_chance: bool = False
    """Whether chance plays a part, so that trials were drawn until the evidence was clear."""
    aspect: str = ""
    """What every program is judged by too and this is about, such as `left at exit`; empty where there is no such thing."""
    regimes: dict[str, int] = {}
    """How many trials it was judged by under each regime."""


class CellVerdict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One cell: its verdict, the reason in one line, and all findings."""

    cell: Cell
    verdict: Verdict
    reason: str
    trials: int
    findings: tuple[Finding, ...] = ()
    rules: int = RULES
    declaration: int = 1
    """The version of the declaration it was judged by."""
    effort: str = ""
    error: float = 0.0
    """How much was drawn, and the chance of a false failure that each expectation had; empty and 0 by older rules."""
    cut_off: str = ""
    """For an open verdict: what ended the drawing before it was told, a limit of the user's or a failure of the recorder;
    `--resume` takes such a cell up again. Empty where nothing did."""
