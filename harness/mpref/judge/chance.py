"""Chance: exact binomial tails, what a count still leaves possible, and evidence that may be looked at after every trial.

Nothing here knows what is counted. `evidence_below` and `evidence_above` are e-processes: whatever moment the drawing is
stopped at, the chance that one ever reaches 1/error, if the rate it speaks against were true, is at most `error` (Ville's
inequality; Ramdas, Gruenwald, Vovk and Shafer, "Game-theoretic statistics and safe anytime-valid inference", Statistical
Science 38, 2023). Each is a likelihood ratio averaged over all rates on the other side (Robbins' method of mixtures, 1970),
which a regularised incomplete beta function, and so a binomial tail, gives exactly.
"""

from __future__ import annotations

from math import exp, fsum, inf, lgamma, log, log1p

ERROR = 0.001
"""How improbable a count must be, by a fixed number of trials, before two counts are called different."""

LIMIT = 10_000
"""No more trials than these are ever asked for."""


def lower_tail(seen: int, trials: int, rate: float) -> float:
    """P(X <= seen) of a binomial X: `trials` draws, each with probability `rate` (0 <= rate <= 1)."""
    if seen >= trials or rate <= 0:
        return 1.0
    if rate >= 1:
        return 0.0
    return min(1.0, fsum(exp(_log_term(count, trials, rate)) for count in range(seen + 1)))


def upper_tail(seen: int, trials: int, rate: float) -> float:
    """P(X >= seen) of the same."""
    return lower_tail(trials - seen, trials, 1 - rate) if seen > 0 else 1.0


def _log_term(count: int, trials: int, rate: float) -> float:
    return _log_ways(count, trials) + count * log(rate) + (trials - count) * log1p(-rate)


def _log_ways(count: int, trials: int) -> float:
    return lgamma(trials + 1) - lgamma(count + 1) - lgamma(trials - count + 1)


def misses_needed(rate: float, error: float = ERROR) -> int:
    """The fewest trials that, all without it, speak against an outcome of this rate; `LIMIT` at most."""
    if rate >= 1:
        return 1
    count = max(1, int(log(error) / log1p(-rate)))
    while lower_tail(0, count, rate) > error and count < LIMIT:
        count += 1
    return min(count, LIMIT)


def hidden_rate(seen: int, trials: int, error: float = 0.05) -> float:
    """The largest rate that a count leaves possible: the exact one-sided upper bound (Clopper and Pearson, 1934).

    1 without any trial. After 0 in n it is 1 - error ** (1 / n): 9.5 % at n = 30.
    """
    if seen >= trials:
        return 1.0
    if seen == 0:
        return float(1 - error ** (1 / trials))
    low, high = seen / trials, 1.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if lower_tail(seen, trials, middle) > error else (low, middle)
    return high


def evidence_below(seen: int, trials: int, rate: float) -> float:
    """Evidence that the true rate is below `rate` (0 < rate < 1): an e-process against every rate from `rate` up.

    The likelihood ratio averaged over the rates below it: P(X > seen) of `trials + 1` draws, over
    (trials + 1) * rate * P(X = seen) of `trials` draws. 1 without any trial; infinite where it overflows.
    """
    tail = upper_tail(seen + 1, trials + 1, rate)
    if tail <= 0:
        return 0.0
    exponent = log(tail) - log((trials + 1) * rate) - _log_term(seen, trials, rate)
    return exp(exponent) if exponent < 700 else inf


def evidence_above(seen: int, trials: int, rate: float) -> float:
    """Evidence that the true rate is above `rate`: the same, of what was not seen."""
    return evidence_below(trials - seen, trials, 1 - rate)


def never_seen(trials: dict[float, int]) -> float:
    """How improbable it is that an outcome is never seen: by its rate under each regime, so many trials there.

    Its inverse is an e-process as well, which falls to 0 at the first sighting.
    """
    return exp(fsum(count * log1p(-rate) for rate, count in trials.items() if rate < 1)) if trials else 1.0
