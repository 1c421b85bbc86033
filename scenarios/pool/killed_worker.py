"""A killed worker is replaced, but its task is lost, and get() waits for ever.

Alone: nox -s scenarios -- -k killed_worker

    blocked under fork, spawn and forkserver, 3.8 to 3.15
    -X dev prints a DeprecationWarning of fork: fork, 3.12 to 3.15
    -W error on 3.15: fork raises in the thread that makes the workers
"""

import os
import signal
from multiprocessing import Pool

from mpref_event import event


def die():
    event("task-runs")
    os.kill(os.getpid(), signal.SIGKILL)  # what the kernel does when memory is short


def ask():
    return os.getpid()


if __name__ == "__main__":
    pool = Pool(1)
    lost = pool.apply_async(die)
    worker = pool.apply(ask)  # the pool has replaced the dead worker by another
    event("next-result", worker=worker)
    lost.get()  # waits for ever: nobody tells the pool that this task is lost
    event("task-done")
