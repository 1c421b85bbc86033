"""The idle worker that waits at the queue is killed: another takes its place, but no task is done ever again.

Alone: nox -s scenarios -- -k killed_idle_worker

    replaced, then blocked: 3.8 to 3.15
    -X dev prints a DeprecationWarning of fork, where that is the default: 3.12, 3.13
"""

import os
import signal
import time
from multiprocessing import Pool, active_children

from mpref_event import event


def work():
    event("task-runs")
    return os.getpid()


if __name__ == "__main__":
    pool = Pool(1)
    worker = pool.apply(work)
    time.sleep(0.2)  # it is back at the queue and holds the queue's lock
    os.kill(worker, signal.SIGTERM)
    while [child.pid for child in active_children()] in ([], [worker]):
        time.sleep(0.01)
    event("replaced", old=worker, new=active_children()[0].pid)
    result = pool.apply_async(work)
    event("result", worker=result.get())
