"""Controls: a sentinel that is not caught by its own expectation, and a run that differs from itself, are told."""

from __future__ import annotations

from judge_fakes import cell, environment

from mpref.judge.control import SENTINELS, itself_control, misbehaved, sample, sentinel_control
from mpref.judge.judged import JudgedRun
from mpref.judge.verdict import CellVerdict, Finding, Verdict

HERE = environment()


def finding(says: str, verdict: Verdict = "fail", outcome: str = "a", *, count: int = 1, by_chance: bool = False):
    return Finding(
        says=says, grade="always", check="value", verdict=verdict, seen=0, undecided=0, trials=1, histogram={outcome: count},
        witness=1, message="not so in 1 of 1 trials", by_chance=by_chance,
    )  # fmt: skip


def judged(verdict: Verdict, *findings: Finding, method: str = "fork"):
    return CellVerdict(cell=cell(method), verdict=verdict, reason="why", trials=1, findings=findings)


def run(*verdicts: CellVerdict):
    cells = tuple(verdict.cell for verdict in verdicts)
    return JudgedRun(environments=(HERE,), cells=cells, verdicts={v.cell.id: v for v in verdicts})


def test_a_sentinel_is_caught_by_its_own_expectation():
    """A failure of something else does not prove that the harness saw it."""
    leak = SENTINELS[0]
    assert sentinel_control(leak, judged("fail", finding(leak.says)), []).ok
    for verdict in (
        judged("pass", finding(leak.says, "pass")),
        judged("fail", finding("Something else.")),
        judged("broken"),
    ):
        control = sentinel_control(leak, verdict, [])
        assert not control.ok
        assert control.verdicts == (verdict,)
        assert misbehaved([control])[0].startswith("control leak [cpython-3.13.0-linux]: not caught")


def test_a_run_beside_itself():
    """The same outcomes are no difference, another one is."""
    first = run(judged("pass", finding("It is so.", "pass")))
    assert itself_control(first, run(judged("pass", finding("It is so.", "pass"))), HERE.name).ok
    control = itself_control(first, run(judged("fail", finding("It is so.", "fail", "b"))), HERE.name)
    assert not control.ok
    assert "pass, then fail" in control.told
    few, many = (
        itself_control(
            run(judged("pass", finding("It is so.", "pass", "3 workers", count=count))),
            run(judged("pass", finding("It is so.", "pass", "4 workers", count=count))),
            HERE.name,
        )
        for count in (2, 20)
    )
    assert few.ok
    assert not many.ok
    busy = run(judged("inconclusive", finding("It is so.", "inconclusive", "no verdict: the trial was slow")))
    assert itself_control(first, busy, HERE.name).ok


def test_the_sample_has_no_part_of_chance():
    """Cells that passed by certain expectations are run twice."""
    certain = judged("pass", finding("It is so.", "pass"))
    lucky = judged("pass", finding("It is so.", "pass", by_chance=True), method="spawn")
    assert sample(run(certain, lucky, judged("fail", method="default")), HERE.name, ["c/s"]) == [certain.cell]
    assert sample(run(certain), HERE.name, []) == []
