"""Gain: what several cores add, by interleaved rounds and by the cores that there were; never a failure for want of cores."""

from __future__ import annotations

from typing import Any

import pytest
from judge_fakes import cell, environment, event, expectation, history, observe, scenario

from mpref.judge.grading import Case, chances, judge_cell, next_regime
from mpref.judge.terms import Terms

EVENTS = {"events": ("in-turn", "at-once")}


def gain(**operands: Any):
    turn, once = ({"label": label, "field": "seconds"} for label in ("in-turn", "at-once"))
    return expectation("gain", in_turn=turn, at_once=once, workers=2, **operands)


def rounds(*ratios: float, cores: float | None = 2.0, trial: int = 1):
    seen = []
    for number, ratio in enumerate(ratios):
        seen += [event("in-turn", round=number, seconds=ratio * 0.1), event("at-once", round=number, seconds=0.1)]
    return history(*seen, cores=cores, trial=trial)


def holds(check: Any, seen: Any):
    return observe(check, seen, **EVENTS).holds


@pytest.mark.parametrize(
    ("ratios", "cores", "expected"),
    [
        ((1.9, 1.8, 1.9), 2.0, True),
        ((1.0, 1.1, 1.0), 2.0, False),
        ((1.0, 1.9, 1.9), 2.0, True),
        ((1.0, 1.1, 1.0), 1.2, None),
        ((1.0, 1.1, 1.0), None, None),
        ((1.9, 1.9, 1.9), 1.0, True),
        ((1.35, 1.35, 1.35), 1.65, True),
    ],
)
def test_it_is_measured_by_the_cores_there_were(ratios: tuple[float, ...], cores: float | None, expected: bool | None):
    """The median of the rounds is held against what the usable cores allow; with hardly more than one it cannot tell."""
    assert holds(gain(least=0.5), rounds(*ratios, cores=cores)) is expected


def test_nobody_is_faster_than_all_workers():
    """More than the workers can gain is an error of measurement or of the program."""
    assert holds(gain(most=1.15), rounds(1.9, 2.1, 2.0))
    assert not holds(gain(most=1.15), rounds(3.0, 3.1, 3.0))


def test_rounds_that_are_missing_are_named():
    """Without events, or without their seconds, it does not hold, and says what is missing."""
    seen = observe(gain(least=0.5), history(event("in-turn", round=0, seconds=1.0)), **EVENTS)
    assert (seen.holds, seen.missing) == (False, ("at-once",))
    lacking = history(event("in-turn", round=0), event("at-once", round=0, seconds=1.0))
    assert "in-turn.seconds" in observe(gain(least=0.5), lacking, **EVENTS).missing


@pytest.mark.parametrize("operands", [{}, {"least": 0.5, "most": 1.1}])
def test_it_needs_one_bound(operands: dict[str, float]):
    """Neither or both is a mistake."""
    with pytest.raises(ValueError, match="one of `least` and `most`"):
        gain(**operands)


def test_it_needs_the_field_of_the_seconds():
    """Without `field` there is nothing to read."""
    with pytest.raises(ValueError, match="`field`"):
        expectation("gain", in_turn="in-turn", at_once="at-once", workers=2, least=0.5)


def test_one_slow_trial_is_no_failure():
    """The verdict is about the median over trials: one bad trial goes on, many fail, good ones pass with the interval told."""
    where = environment()
    case = Case(cell(where=where), scenario(gain(least=0.5), trials=1, **EVENTS), where)
    terms = Terms(chances=chances(case))
    assert terms.chances == 1
    slow = [rounds(1.0, trial=1)]
    assert judge_cell(case, slow, terms).verdict == "inconclusive"
    assert next_regime(case, slow, terms) is not None
    good = [rounds(1.8, trial=1), rounds(1.9, trial=2)]
    found = judge_cell(case, good, terms)
    assert (found.verdict, next_regime(case, good, terms)) == ("pass", None)
    assert "ratio 1.80 to 1.90, median 1.85" in found.findings[0].message
    assert judge_cell(case, [rounds(1.0, trial=n) for n in range(1, 16)], terms).verdict == "fail"
    starved = [rounds(1.0, cores=1.1, trial=n) for n in range(1, 16)]
    assert judge_cell(case, starved, terms).verdict == "inconclusive"
