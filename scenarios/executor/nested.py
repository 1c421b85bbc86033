"""A worker of an executor may have an executor of its own, and a Pool: it is no daemon.

Alone: nox -s scenarios -- -k "executor and nested"

    both work: 3.8 to 3.15
    -X dev prints a DeprecationWarning of fork, where that is the default: 3.12, 3.13
"""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Pool

from mpref_event import event


def innermost():
    event("innermost-runs")
    return os.getpid()


def inner():
    event("inner-runs")
    with ProcessPoolExecutor(1) as executor, Pool(1) as pool:
        return executor.submit(innermost).result(), pool.apply(innermost)


if __name__ == "__main__":
    event("parent-starts")
    with ProcessPoolExecutor(1) as executor:
        one, two = executor.submit(inner).result()
    event("result", worker=one)
    event("result", worker=two)
