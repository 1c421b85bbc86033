"""Binomial tails against exact sums, and the number of trials it takes to tell."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpref.judge.chance import LIMIT, lower_tail, misses_needed, trials_needed


def exact(seen: int, trials: int, rate: float):
    rate = Fraction(rate)
    return sum(comb(trials, k) * rate**k * (1 - rate) ** (trials - k) for k in range(seen + 1))


@given(st.integers(0, 60), st.integers(0, 60), st.fractions(Fraction(1, 50), Fraction(49, 50), max_denominator=50))
def test_the_tail_is_the_exact_sum(one: int, other: int, rate: float):
    """The tail equals the sum of exact fractions."""
    seen, trials = sorted((one, other))
    assert lower_tail(seen, trials, float(rate)) == pytest.approx(float(exact(seen, trials, float(rate))), rel=1e-9)


def test_large_numbers_do_not_overflow():
    """Ten thousand draws are no trouble."""
    assert lower_tail(5000, 10_000, 0.5) == pytest.approx(0.504, abs=0.001)


@pytest.mark.parametrize(
    ("rate", "five", "one", "tenth"),
    [(0.5, 5, 7, 10), (0.2, 14, 21, 31), (0.1, 29, 44, 66), (0.05, 59, 90, 135), (0.01, 299, 459, 688)],
)
def test_misses_needed(rate: float, five: int, one: int, tenth: int):
    """The known table: trials without it that speak against a rate, at 5, 1 and 0.1 percent."""
    assert [misses_needed(rate, error) for error in (0.05, 0.01, 0.001)] == [five, one, tenth]


def test_certainty():
    """A rate of one is refuted by one miss, and never by none."""
    assert misses_needed(1.0) == 1
    assert lower_tail(2, 3, 1.0) == 0.0
    assert lower_tail(3, 3, 1.0) == 1.0


@given(st.integers(1, 40), st.integers(0, 40), st.floats(0.05, 1))
def test_trials_needed_would_decide(trials: int, seen: int, rate: float):
    """At the number it names, the same share does speak against the rate."""
    if seen >= rate * trials:
        return
    needed = trials_needed(seen, trials, rate)
    if needed is not None:
        assert trials <= needed <= LIMIT
        assert lower_tail(int(seen / trials * needed), needed, rate) < 0.001
