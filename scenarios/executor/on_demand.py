"""Processes are made when a task comes and no worker is idle, but all at once by fork: when exactly, by version.

Alone: nox -s scenarios -- -k "executor and on_demand"

    processes after the first task, of 3    3.8    3.9 to 3.15
    fork                                   3      3
    spawn, forkserver                      3      1
"""

import os
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import active_children

from mpref_event import event


def work(number):
    event("task-runs", number=number)
    return os.getpid()


if __name__ == "__main__":
    event("parent-starts")
    with ProcessPoolExecutor(3) as executor:
        event("made", children=len(active_children()))
        first = executor.submit(work, 1).result()
        event("one-task", children=len(active_children()), daemons=[child.daemon for child in active_children()])
        workers = {first}
        for number in range(2, 6):
            time.sleep(0.05)  # the worker is idle again
            workers.add(executor.submit(work, number).result())
        event("five-tasks", children=len(active_children()), same=workers == {first})
