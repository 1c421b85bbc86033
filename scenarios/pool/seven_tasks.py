"""Seven tasks on four workers: each whole in one of them, together faster than in turn.

Reading path 4 of 6. Next: pool/next_worker.
Alone: nox -s scenarios -- -k seven_tasks

    workers at work: 4 in 81 of 81 runs; their parent is the fork server under forkserver
"""

import multiprocessing
import os
import time
from multiprocessing import Pool

from mpref_event import event

DURATIONS = (0.472, 0.380, 0.174, 0.490, 0.453, 0.273, 0.276)  # the article's, by 10


def long_time_task(name):
    event("task-starts", f"Run task {name} ({os.getpid()})", task=name)
    time.sleep(DURATIONS[name])
    event("task-ends", f"Task {name} ({os.getpid()}) is done.", task=name)
    return name, os.getpid()


if __name__ == "__main__":
    event("parent-starts", f"Parent process {os.getpid()}", method=multiprocessing.get_start_method())
    p = Pool(4)
    results = [p.apply_async(long_time_task, args=(i,)) for i in range(7)]
    event("tasks-given", "Waiting for all subprocesses done...")
    p.close()
    p.join()
    for task, result in enumerate(results):
        name, worker = result.get()
        event("result", task=task, right=name == task, worker=worker)
    event("pool-done", "All subprocesses done.")
