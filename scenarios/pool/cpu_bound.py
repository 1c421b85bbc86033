"""Tasks that compute, on two workers: faster than in turn, if there are two cores; never twice as fast.

Alone: nox -s scenarios -- -k cpu_bound

    speed-up of two on two cores, 3.8 to 3.15, the machine never quite idle: 0.75 to 1.98
"""

import os
import time
from multiprocessing import Barrier, Pool

from mpref_event import event


def compute(rounds):
    begin, total = time.monotonic(), 0
    for number in range(rounds):
        total += number * number
    return time.monotonic() - begin


def usable():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


if __name__ == "__main__":
    rounds = int(50_000 * 0.06 / min(compute(50_000) for _ in range(3)))  # 0.06 s each
    in_turn, at_once = [], []
    with Pool(2, Barrier(2).wait) as pool:  # none begins before both are up
        for _ in range(3):  # the first one warms up, the best counts
            begin = time.monotonic()
            pool.apply(compute, (rounds,)), pool.apply(compute, (rounds,))
            middle = time.monotonic()
            pool.map(compute, (rounds, rounds), chunksize=1)
            in_turn.append(middle - begin), at_once.append(time.monotonic() - middle)
    gain, cores = min(in_turn) / min(at_once), min(2, usable())
    event("measured", gain=gain, cores=cores, faster=(gain > 1.1) == (cores > 1), bounded=gain < 1.15 * cores)
