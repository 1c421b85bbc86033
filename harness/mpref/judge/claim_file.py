"""The file of claims, `scenarios/claims.toml`: loaded, checked against the scenarios, and its JSON Schema.

Only `load` and the command that writes the schema, `python -m mpref.judge.claim_file scenarios/claims.schema.json`, touch
files. What is wrong is one message that says what, where and what to do.
"""

from __future__ import annotations

import difflib
import re
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from mpref.errors import UsageError

from .claims import Claim, Claims, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .scenario import Scenario

FILE_NAME = "claims.toml"


def load(path: Path, scenarios: Mapping[str, Scenario]) -> Claims:
    """The claims in a file; each must name scenarios, and sentences of their expectations. Raises UsageError."""
    try:
        text = path.read_bytes().decode()
        return decode(tomllib.loads(text), text, str(path), scenarios)
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", where=str(path), advice="Check the path.") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"not UTF-8: {error}", where=str(path), advice="Save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"not valid TOML: {error}", where=str(path), advice="Correct the line it names.") from None


def decode(data: dict[str, Any], text: str, where: str, scenarios: Mapping[str, Scenario]) -> Claims:
    """The claims in parsed TOML; `text` is its source and `where` its path, for messages. Raises UsageError."""
    try:
        claims = msgspec.convert(data, Claims)
    except msgspec.ValidationError as error:
        what, _, path = str(error).partition(" - at `$")
        number = re.match(r"\.claim\[(\d+)\]", path)
        place = _place(data, int(number[1]), text, where) if number else where
        raise UsageError(_plain(what), where=place, advice=_advice(what, at_claim=number is not None)) from None
    for index, problem, advice in _problems(claims, scenarios):
        raise UsageError(problem, where=_place(data, index, text, where), advice=advice)
    return claims


def _place(data: dict[str, Any], index: int, text: str, where: str) -> str:
    """The file, the line of the claim's table, and its id."""
    tables = [n for n, line in enumerate(text.split("\n"), 1) if re.match(r"\s*\[\[\s*claim\s*\]\]", line)]
    line = f", line {tables[index]}" if index < len(tables) else ""
    name = data["claim"][index].get("id", f"number {index + 1}")
    return f"{where}{line}, claim {name}"


def _plain(what: str) -> str:
    for pattern, plain in (
        (r"Object contains unknown field `(.+)`", r"unknown key `\1`"),
        (r"Object missing required field `(.+)`", r"the key `\1` is missing"),
        (r"Expected `str` matching regex .*", "the id is not words in lower case, joined by dots and hyphens"),
        (r"Expected `str` of length >= 1", "a text is empty"),
    ):
        if found := re.fullmatch(pattern, what):
            return found.expand(plain)
    return what[:1].lower() + what[1:]


def _advice(what: str, *, at_claim: bool) -> str:
    known = (Claim if at_claim else Claims).__struct_encode_fields__
    return f"The keys are: {', '.join(known)}." if "unknown field" in what else "Correct it."


def _problems(claims: Claims, scenarios: Mapping[str, Scenario]) -> Iterator[tuple[int, str, str]]:
    """What is wrong with claims that are well typed: the claim's index, what, and what to do."""
    counts = Counter(claim.id for claim in claims.claim)
    for index, claim in enumerate(claims.claim):
        if counts[claim.id] > 1:
            yield index, f"{counts[claim.id]} claims have this id", "Give each one of its own."
        for key in ("supported_by", "contradicted_by"):
            says = getattr(claim, key)
            for name in says:
                if name not in scenarios:
                    yield index, f"{key} names {name!r}, which is no scenario", _nearest(name, list(scenarios))
                    continue
                known = [check.says for check in scenarios[name].expect]
                for sentence in sentences(says, name):
                    if sentence not in known:
                        what = f"{key}: {name} has no expectation that says {sentence!r}"
                        yield index, what, _nearest(sentence, known)
        for name in claim.supported_by.keys() & claim.contradicted_by.keys():
            if set(sentences(claim.supported_by, name)) & set(sentences(claim.contradicted_by, name)):
                yield index, f"one expectation of {name} both supports and contradicts it", "Choose one."


def _nearest(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    return f"Did you mean {close[0]!r}?" if close else "`mpref list` tells the scenarios."


def schema() -> bytes:
    """The JSON Schema of a file of claims, as the committed file holds it."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "mpref claims",
        "description": "What the article says, in our words, and the expectations that decide it.",
    }
    return msgspec.json.format(msgspec.json.encode({**head, **msgspec.json.schema(Claims)}), indent=2) + b"\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(schema())
