"""A task that calls sys.exit() ends its worker: the pool makes another one, the result never comes.

Alone: nox -s scenarios -- -k "pool and exit_in_task"

    no result, nothing said: 3.8 to 3.15
    -X dev prints a DeprecationWarning of fork, where that is the default: 3.12, 3.13
"""

import multiprocessing
import os
import sys
from multiprocessing import Pool

from mpref_event import event


def leave():
    event("task-runs")
    sys.exit(3)  # SystemExit is no Exception: it is not sent back


def ask():
    return os.getpid()


if __name__ == "__main__":
    with Pool(1) as pool:
        lost = pool.apply_async(leave)
        event("next-result", worker=pool.apply(ask), ready=lost.ready())
        try:
            lost.get(timeout=0.2)
        except multiprocessing.TimeoutError:
            event("no-result", ready=lost.ready())
