"""Tasks that compute, on two workers: faster than in turn, as far as there are two cores; never twice as fast.

Alone: nox -s scenarios -- -k cpu_bound

    two at once against in turn, 3.13 and 3.14    1.2 to 2.0 where two cores were free, 0.7 to 1.3 where one was
"""

import time
from multiprocessing import Barrier, Pool

from mpref_event import event


def compute(rounds):
    total = 0
    for number in range(rounds):
        total = (total * 31 + number) % 1009  # no shortcut for a compiler
    return total


def seconds(work):
    begin = time.monotonic()
    work()
    return time.monotonic() - begin


if __name__ == "__main__":
    rounds = 20_000
    while seconds(lambda: compute(rounds)) < 0.03:
        rounds *= 2
    with Pool(2, Barrier(2).wait) as pool:  # start-up is no part of any round: both are up when the first one begins
        pool.map(compute, (rounds, rounds), chunksize=1)
        for number in range(5):
            in_turn = seconds(lambda: [pool.apply(compute, (rounds,)) for _ in range(2)])
            at_once = seconds(lambda: pool.map(compute, (rounds, rounds), chunksize=1))
            event("in-turn", round=number, seconds=in_turn)
            event("at-once", round=number, seconds=at_once)
