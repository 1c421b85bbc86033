"""The initializer runs once in each worker, before its tasks, and in each worker that takes another's place.

Alone: nox -s scenarios -- -k "pool and initializer and not raises"

    three workers, each set up once: fork, spawn, forkserver, 3.8 to 3.15
    -X dev prints a DeprecationWarning of fork: fork, 3.12 to 3.15
    -W error on 3.15: fork raises in the thread that makes the workers, and the pool waits for ever
"""

import os
from multiprocessing import Pool

from mpref_event import event


def setup(*words):
    global greeting
    greeting = " ".join(words)
    event("set-up", greeting=greeting)


def work(number):
    event("task-runs", number=number, greeting=greeting)
    return os.getpid()


if __name__ == "__main__":
    event("parent-starts")
    with Pool(1, setup, ("good", "morning"), maxtasksperchild=2) as pool:
        event("workers", pids=len(set(pool.map(work, range(5), chunksize=1))))
        pool.close()
        pool.join()
    event("parent-ends", greeting="greeting" in globals())
