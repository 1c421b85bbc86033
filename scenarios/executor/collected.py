"""An executor that is forgotten does the tasks that it has; then its workers end, without a warning.

Alone: nox -s scenarios -- -k "executor and collected"

    task done, no thread and no child left: fork, spawn, forkserver, 3.8 to 3.15
"""

import gc
import multiprocessing
import threading
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
    threads = [thread for thread in threading.enumerate() if thread is not threading.main_thread()]
    del executor
    gc.collect()
    event("forgotten")
    gate.set()
    event("results", values=[future.result() for future in futures])
    for thread in threads:
        thread.join(5)
    event("gone", threads=sum(thread.is_alive() for thread in threads), children=len(multiprocessing.active_children()))
