"""Claims: how findings make an answer, and one clear message for everything that is wrong with a file of claims."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from judge_fakes import environment, expectation, scenario

from mpref.environment import Cell
from mpref.errors import UsageError
from mpref.judge.claim_file import decode, load, schema
from mpref.judge.claims import Claim, Claims, JudgedClaim, Words, judge_claim, judge_claims
from mpref.judge.judged import JudgedRun
from mpref.judge.verdict import CellVerdict, Finding
from mpref.show.claims import claims_markdown, claims_report, exit_status

COMMITTED = Path(__file__).parents[2] / "scenarios" / "claims.schema.json"
OLD, NEW = environment("3.13.0"), environment("3.14.10")


def finding(says: str, verdict: str = "pass", **changes: Any) -> Finding:
    plain = {"grade": "always", "check": "count", "seen": 3, "undecided": 0, "trials": 3, "histogram": {}, "witness": 1}
    return msgspec.convert({**plain, "says": says, "verdict": verdict, "message": "so", **changes}, Finding)


def cell(method: str = "fork", stream: str = "pipe", where: Any = OLD, name: str = "c/s") -> Cell:
    return msgspec.convert({"scenario": name, "environment": where.name, "method": method, "stream": stream}, Cell)


def run(*pairs: tuple[Cell, tuple[Finding, ...] | str | None], environments: Any = (OLD,)) -> JudgedRun:
    """A run of these cells: each with its findings, or with a verdict that has none, or not run."""
    verdicts = {}
    for one, found in pairs:
        if found is not None:
            findings = () if isinstance(found, str) else found
            word = found if isinstance(found, str) else "pass"
            plain = {"cell": one, "verdict": word, "reason": "a reason", "trials": 3, "findings": findings}
            verdicts[one.id] = CellVerdict(**plain)
    return JudgedRun(environments=tuple(environments), cells=tuple(one for one, _ in pairs), verdicts=verdicts)


def claim(**changes: Any) -> Claim:
    plain: dict[str, Any] = {"supported_by": {"c/s": "yes"}, "contradicted_by": {"c/s": "no"}}
    return Claim(**{"id": "a.b", "section": "1", "en": "It is so.", "zh": "如此。", **plain, **changes})


def answer(judged: JudgedClaim) -> tuple[str, str]:
    return judged.answer, judged.only


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((finding("yes"),), "holds"),
        ((finding("no"),), "refuted"),
        ((finding("yes"), finding("no")), "refuted"),
        ((finding("yes", "fail"),), "refuted"),
        ((finding("no", "fail"),), "undecided"),
        ((finding("yes", "inconclusive"),), "undecided"),
        ((finding("yes"), finding("no", "broken")), "undecided"),
        ((finding("no"), finding("yes", "inconclusive")), "refuted"),
        ((finding("another"),), "undecided"),
        ((finding("yes", check="default"),), "undecided"),
        ((finding("yes"), finding("no", grade="allowed", seen=0)), "holds"),
        ((finding("yes"), finding("no", grade="allowed", seen=1)), "refuted"),
        ("broken", "undecided"),
        ("not-applicable", "undecided"),
        (None, "undecided"),
    ],
)
def test_one_place(found: Any, expected: str):
    """A counterexample refutes, what is open leaves undecided, and what was only allowed speaks where it was seen."""
    assert judge_claim(claim(), run((cell(), found))).answer == expected


def test_a_claims_own_condition():
    """Evidence for both sides is `holds only for` where the claim tells the condition; in one language or the other."""
    made = claim(only=Words(en="the living", zh="活着的"))
    judged = judge_claim(made, run((cell(), (finding("yes"), finding("no")))))
    assert answer(judged) == ("holds only for", "the living")
    assert judged.local[0].methods == {"fork": "holds only for"}
    assert judge_claim(made, run((cell(), (finding("yes"),)))).answer == "holds"
    assert judge_claim(made, run((cell(), (finding("no"),)))).answer == "refuted"
    assert "holds only for 活着的" in claims_markdown([judged], language="zh")


def test_the_condition_is_read_from_the_places():
    """Where start methods or streams tell the sides apart they are the condition."""
    yes, no = (finding("yes"),), (finding("no"),)
    by_method = run((cell("fork"), yes), (cell("spawn"), no), (cell("default"), yes))
    assert answer(judge_claim(claim(), by_method)) == ("holds only for", "default, fork")
    assert judge_claim(claim(), by_method).local[0].methods == {"default": "holds", "fork": "holds", "spawn": "refuted"}
    by_stream = run((cell("fork", "pipe"), no), (cell("fork", "terminal"), yes))
    assert answer(judge_claim(claim(), by_stream)) == ("holds only for", "terminal")
    mixed = run((cell("fork", "pipe"), no), (cell("fork", "terminal"), yes), (cell("spawn", "pipe"), yes))
    assert judge_claim(claim(), mixed).only == "fork on a terminal, spawn on a pipe"


def test_environments_together():
    """What differs by environment is told by environment; one in which nothing decides does not count."""
    yes, no = (finding("yes"),), (finding("no"),)
    both = (OLD, NEW)
    assert answer(judge_claim(claim(), run((cell(where=OLD), yes), (cell(where=NEW), no), environments=both))) == (
        "holds only for",
        OLD.name,
    )
    assert answer(
        judge_claim(claim(), run((cell(where=OLD), yes), (cell(where=NEW), "not-applicable"), environments=both))
    ) == ("holds", "")
    differing = run(
        (cell("fork"), yes), (cell("spawn"), no), (cell("fork", where=NEW), yes), (cell("spawn", where=NEW), yes),
        environments=both,
    )  # fmt: skip
    assert judge_claim(claim(), differing).only == f"fork ({OLD.name}); {NEW.name}"
    assert judge_claim(claim(), run((cell(), yes), (cell(where=NEW), None), environments=both)).answer == "undecided"


@pytest.mark.parametrize(
    ("made", "seen", "reason"),
    [
        (claim(supported_by={}, contradicted_by={}), run((cell(), ())), "no scenario decides it yet"),
        (claim(), run((cell(name="c/t"), (finding("yes"),))), "what decides it is not in this run"),
        (claim(), run((cell(), "not-applicable")), "nothing that decides it applies here"),
        (claim(), run((cell(), None)), "did not run"),
        (claim(), run((cell(), "broken")), "broken: a reason"),
    ],
)
def test_why_undecided(made: Claim, seen: JudgedRun, reason: str):
    """An undecided claim says why, in the judgement and in the report."""
    judged = judge_claim(made, seen)
    assert (judged.answer, reason in judged.local[0].reason) == ("undecided", True)
    assert reason in claims_report([judged])
    assert exit_status([judged]) == 3


def test_the_report_names_claims_answers_and_evidence():
    """Table, closing line and evidence are there in both forms; a refuted claim is no difference."""
    judged = judge_claims(Claims(claim=(claim(), claim(id="c.d", note="The point."))), run((cell(), (finding("no"),))))
    for report in (claims_report(judged, evidence=True), claims_markdown(judged, evidence=True)):
        for part in ("a.b", "c.d", "It is so.", "refuted", "- c/s [cpython-3.13.0-linux: fork-pipe] no", "The point."):
            assert part in report
        assert "cpython-3.13.0-linux: fork refuted" in report
        assert "claims: 2, 0 holds, 0 holds only for, 2 refuted, 0 undecided" in report
    assert exit_status(judged) == 0


SAMPLE = """\
#:schema claims.schema.json
[[claim]]
id = "a.one"
section = "1"
en = "It is so."
zh = "如此。"
[claim.supported_by]
"c/s" = "It is recorded."
[claim.contradicted_by]
"c/t" = ["It is lost."]

[[claim]]
id = "a.two"
section = "1"
en = "It is so."
zh = "如此。"
"""
KNOWN = {
    "c/s": scenario(expectation("count", says="It is recorded.", of="joined", is_=1)),
    "c/t": scenario(expectation("count", says="It is lost.", of="joined", is_=0)),
}


def test_a_file_of_claims_is_read(tmp_path: Path):
    """Claims come in their order, with what decides them."""
    path = tmp_path / "claims.toml"
    path.write_text(SAMPLE)
    loaded = load(path, KNOWN)
    assert [one.id for one in loaded.claim] == ["a.one", "a.two"]
    assert loaded.claim[0].contradicted_by == {"c/t": ("It is lost.",)}


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("[[claim]]", "[[claim", ["not valid TOML", "line 2"]),
        ('id = "a.one"', 'id = "A one"', ["line 2", "claim A one", "the id is not words"]),
        ('id = "a.two"', 'id = "a.one"', ["claim a.one", "2 claims have this id"]),
        (
            'section = "1"',
            'sektion = "1"',
            ["line 2, claim a.one", "unknown key `sektion`", "The keys are: id, section"],
        ),
        ('zh = "如此。"', "", ["claim a.one", "the key `zh` is missing"]),
        ('zh = "如此。"', 'zh = ""', ["claim a.one", "a text is empty"]),
        ('zh = "如此。"', "zh = 1", ["claim a.one", "expected `str`"]),
        ('"c/s" =', '"cc/s" =', ["supported_by names 'cc/s', which is no scenario", "Did you mean 'c/s'?"]),
        (
            "It is recorded.",
            "It is recoded.",
            ["c/s has no expectation that says 'It is recoded.'", "'It is recorded.'?"],
        ),
        ('"c/t" = ["It is lost."]', '"c/s" = "It is recorded."', ["both supports and contradicts", "claim a.one"]),
        ("[[claim]]", "[claims]\n[[claim]]", ["unknown key `claims`", "The keys are: article, claim"]),
    ],
)
def test_one_clear_message(tmp_path: Path, old: str, new: str, parts: list[str]):
    """What is wrong, in which claim, and what to do."""
    assert old in SAMPLE
    path = tmp_path / "claims.toml"
    path.write_text(SAMPLE.replace(old, new, 1))
    with pytest.raises(UsageError) as caught:
        load(path, KNOWN)
    text = str(caught.value)
    assert [part for part in (*parts, "claims.toml") if part not in text] == [], text
    assert "\n" not in text


def test_a_file_that_is_not_there(tmp_path: Path):
    """A missing file is told."""
    with pytest.raises(UsageError, match=r"claims\.toml: cannot be read"):
        load(tmp_path / "claims.toml", KNOWN)


def test_the_schema_takes_what_loads():
    """The committed schema is the one that the types make; what loads is valid by it, an unknown key is not."""
    assert COMMITTED.read_bytes() == schema()
    validator = jsonschema.Draft202012Validator(json.loads(schema()))
    validator.validate(tomllib.loads(SAMPLE))
    assert decode(tomllib.loads(SAMPLE), SAMPLE, "x", KNOWN)
    assert not validator.is_valid(tomllib.loads(SAMPLE.replace("section", "sektion")))
