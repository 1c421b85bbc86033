"""maxtasksperchild=1: every task has a worker of its own.

Alone: nox -s scenarios -- -k fresh_workers

    five tasks, five workers: fork, spawn, forkserver, 3.8 to 3.15
    -X dev prints a DeprecationWarning of fork: fork, 3.12 to 3.15
    -W error on 3.15: fork raises in the thread that makes the workers, and the pool waits for ever
"""

import os
from multiprocessing import Pool

from mpref_event import event


def work(number):
    event("task-runs", number=number)
    return os.getpid()


if __name__ == "__main__":
    event("parent-starts")
    with Pool(2, maxtasksperchild=1) as pool:
        for number, worker in enumerate(pool.map(work, range(5), chunksize=1)):
            event("result", number=number, worker=worker)
        pool.close()
        pool.join()
