"""apply() waits for the task, and gives its result or raises its exception.

Alone: nox -s scenarios -- -k "pool and apply and not async"

    waits; ValueError out of the task, caused by RemoteTraceback: fork, spawn, forkserver, 3.8 to 3.15
"""

import os
import time
from multiprocessing import Pool

from mpref_event import event


def work(base, *, power=1):
    event("task-starts")
    time.sleep(0.1)
    event("task-ends")
    return os.getpid(), base**power


if __name__ == "__main__":
    with Pool(2) as pool:
        event("parent-asks")
        worker, result = pool.apply(work, (7,), {"power": 2})
        event("parent-has-it", worker=worker, result=result)
        try:
            pool.apply(int, ("seven",))
        except ValueError as error:
            event("raised", message=str(error), cause=type(error.__cause__).__name__)
