"""Binomial tails, bounds and evidence: against exact sums and an oracle, and what they promise, exactly and by simulation."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpref.judge.chance import (
    evidence_above,
    evidence_below,
    hidden_rate,
    lower_tail,
    misses_needed,
    never_seen,
    upper_tail,
)
from mpref.judge.terms import EFFORTS, MISS
from mpref.regime import NONE, Regime


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


@pytest.mark.parametrize("rate", [0.02, 0.2, 0.5, 0.8, 0.97])
@pytest.mark.parametrize(("seen", "trials"), [(0, 1), (0, 30), (3, 7), (7, 7), (20, 100), (90, 100)])
def test_tails_and_bounds_agree_with_an_oracle(seen: int, trials: int, rate: float):
    """Tails and the Clopper-Pearson bound are those that scipy computes."""
    stats = pytest.importorskip("scipy.stats", reason="the oracle is not installed")
    assert lower_tail(seen, trials, rate) == pytest.approx(stats.binom.cdf(seen, trials, rate), rel=1e-9, abs=1e-300)
    assert upper_tail(seen, trials, rate) == pytest.approx(stats.binom.sf(seen - 1, trials, rate), rel=1e-9, abs=1e-300)
    bound = stats.beta.ppf(0.95, seen + 1, trials - seen) if seen < trials else 1.0
    assert hidden_rate(seen, trials) == pytest.approx(bound, abs=1e-6)


@pytest.mark.parametrize("rate", [0.05, 0.3, 0.5, 0.9])
@pytest.mark.parametrize(("seen", "trials"), [(0, 0), (0, 3), (2, 9), (9, 9), (15, 60)])
def test_evidence_is_the_averaged_likelihood_ratio(seen: int, trials: int, rate: float):
    """The closed form is the integral that it stands for, by numerical quadrature."""
    integrate = pytest.importorskip("scipy.integrate")

    def ratio(other: float) -> float:
        return (other / rate) ** seen * ((1 - other) / (1 - rate)) ** (trials - seen) / rate

    expected, _ = integrate.quad(ratio, 0, rate)
    assert evidence_below(seen, trials, rate) == pytest.approx(expected, rel=1e-6)
    assert evidence_above(trials - seen, trials, 1 - rate) == pytest.approx(expected, rel=1e-6)


def crossing(rate: float, true: float, threshold: float, most: int) -> float:
    """P(evidence_below reaches the threshold within so many trials), exactly, by the distribution of those still drawn."""
    alive, crossed = {0: 1.0}, 0.0
    for trials in range(1, most + 1):
        after: dict[int, float] = {}
        for seen, weight in alive.items():
            for count, share in ((seen + 1, true), (seen, 1 - true)):
                after[count] = after.get(count, 0.0) + weight * share
        alive = {}
        for seen, weight in after.items():
            if evidence_below(seen, trials, rate) >= threshold:
                crossed += weight
            else:
                alive[seen] = weight
    return crossed


@pytest.mark.parametrize("rate", [0.2, 0.5, 0.8])
@pytest.mark.parametrize("error", [0.05, 0.001, 0.0001])
def test_looking_after_every_trial_costs_no_error(rate: float, error: float):
    """At a true rate that is as stated or higher, 200 looks raise a false alarm no more often than promised."""
    for true in (rate, (1 + rate) / 2):
        assert crossing(rate, true, 1 / error, 200) <= error


@pytest.mark.parametrize("rate", [0.5, 0.8])
def test_a_rate_that_is_gone_is_noticed(rate: float):
    """What is never seen any more is noticed, in a number of trials that a run can afford."""
    assert crossing(rate, 0.0, 1 / 0.0001, 40) == pytest.approx(1.0)
    assert crossing(rate, 0.02, 1 / 0.0001, 60) > 0.95


def test_a_hundred_thousand_runs_keep_the_error_of_the_run():
    """In 100,000 synthetic runs of 60 expectations each, as sound as stated, at most 1 in 100 has a false failure."""
    numpy = pytest.importorskip("numpy")
    runs, expectations, most, rate = 100_000, 60, 60, 0.5
    threshold = expectations / 0.01
    limits = [
        max((s for s in range(n + 1) if evidence_below(s, n, rate) >= threshold), default=-1)
        for n in range(1, most + 1)
    ]
    passes = [
        min((s for s in range(n + 1) if evidence_above(s, n, rate / 4) >= 20), default=n + 1)
        for n in range(1, most + 1)
    ]
    chance = numpy.random.default_rng(7)
    failed = numpy.zeros(runs, dtype=bool)
    for _ in range(expectations):
        seen = numpy.zeros(runs, dtype=numpy.int16)
        drawing = numpy.ones(runs, dtype=bool)
        for step in range(most):
            seen += chance.random(runs) < rate
            failed |= drawing & (seen <= limits[step])
            drawing &= (seen > limits[step]) & (seen < passes[step])
            if not drawing.any():
                break
    assert failed.mean() <= 0.01


def test_a_hundred_thousand_runs_miss_no_more_than_promised():
    """An outcome of the rate that a pass excludes is missed in at most 5 of 100 cells, without provocation and with it."""
    numpy = pytest.importorskip("numpy")
    chance = numpy.random.default_rng(11)
    for effort in EFFORTS.values():
        load = Regime(name="load")
        for regime, rate, beside in (
            (NONE, effort.modest, False),
            (NONE, effort.beside, True),
            (load, effort.provoked, True),
        ):
            hits = chance.random((100_000, effort.wanted(regime, beside=beside))) < rate
            assert (~hits.any(axis=1)).mean() <= MISS * 1.05


@given(st.lists(st.tuples(st.floats(0.01, 0.95), st.integers(0, 30)), max_size=4))
def test_never_seen_is_a_product(pairs: list[tuple[float, int]]):
    """Regimes count by their own rates."""
    counts = dict(pairs)
    expected = 1.0
    for rate, count in counts.items():
        expected *= (1 - rate) ** count
    assert never_seen(counts) == pytest.approx(expected, rel=1e-9, abs=1e-300)


@given(st.integers(0, 50), st.integers(1, 50), st.floats(0.02, 0.98))
def test_more_misses_are_more_evidence(seen: int, more: int, rate: float):
    """A miss never lowers the evidence of a count that lies below the rate already."""
    trials = seen + more
    if seen <= rate * trials:
        assert evidence_below(seen, trials + 1, rate) >= evidence_below(seen, trials, rate) * (1 - 1e-9)
