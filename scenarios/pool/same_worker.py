"""A pool of one: all tasks run in the one worker, in order.

Alone: nox -s scenarios -- -k same_worker

    one worker, order kept: fork, spawn, forkserver, 3.8 to 3.15
"""

import os
from multiprocessing import Pool

from mpref_event import event


def work(number):
    event("task-runs", number=number)
    return os.getpid()


if __name__ == "__main__":
    event("parent-starts")
    with Pool(1) as pool:
        for number, worker in enumerate(pool.map(work, range(5), chunksize=1)):
            event("result", number=number, worker=worker)
