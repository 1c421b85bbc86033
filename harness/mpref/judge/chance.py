"""Chance: exact binomial tails, and how many trials it takes to tell. Nothing here knows what is counted.

A plain count of trials decides for now, with a fixed error a cell: how often something was seen in so many trials, and
whether that would be rarer than 1 in 1,000 at the stated rate. The error is not budgeted for a whole run.
"""

from __future__ import annotations

from math import exp, fsum, lgamma, log, log1p

ERROR = 0.001
"""How improbable the count must be, if the stated rate were true, before it is called a failure."""

LIMIT = 10_000
"""No more trials than these are ever asked for."""


def lower_tail(seen: int, trials: int, rate: float) -> float:
    """P(X <= seen) of a binomial X: `trials` draws, each with probability `rate` (0 < rate <= 1)."""
    if seen >= trials:
        return 1.0
    if rate >= 1:
        return 0.0
    return min(1.0, fsum(exp(_log_term(count, trials, rate)) for count in range(seen + 1)))


def _log_term(count: int, trials: int, rate: float) -> float:
    ways = lgamma(trials + 1) - lgamma(count + 1) - lgamma(trials - count + 1)
    return ways + count * log(rate) + (trials - count) * log1p(-rate)


def misses_needed(rate: float, error: float = ERROR) -> int:
    """The fewest trials that, all without it, speak against an outcome of this rate; `LIMIT` at most."""
    if rate >= 1:
        return 1
    count = max(1, int(log(error) / log1p(-rate)))
    while lower_tail(0, count, rate) >= error and count < LIMIT:
        count += 1
    return min(count, LIMIT)


def trials_needed(seen: int, trials: int, rate: float, error: float = ERROR) -> int | None:
    """At the share seen so far (below the rate), the trials that would decide against it; None beyond `LIMIT`."""
    share = seen / trials if trials else 0.0
    total = max(trials, 1)
    while total <= LIMIT:
        if lower_tail(int(share * total), total, rate) < error:
            return total
        total += 1 + total // 50
    return None
