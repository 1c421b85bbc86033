"""An executor that is forgotten does the tasks that it has; then its workers end, without a warning.

Alone: nox -s scenarios -- -k "executor and collected"

    task done, no child left: fork, spawn, forkserver, 3.8 to 3.15
"""

import gc
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor

from mpref_event import event


def setup(gate):
    global opened
    opened = gate


def work(number):
    opened.wait()
    event("task-ends", number=number)
    return number


if __name__ == "__main__":
    executor = ProcessPoolExecutor(1, initializer=setup, initargs=(gate := multiprocessing.Event(),))
    futures = [executor.submit(work, number) for number in range(2)]
    del executor
    gc.collect()
    event("forgotten")
    gate.set()
    event("results", values=[future.result() for future in futures])
    end = time.monotonic() + 5
    while multiprocessing.active_children() and time.monotonic() < end:
        time.sleep(0.01)
    event("gone", children=len(multiprocessing.active_children()))
