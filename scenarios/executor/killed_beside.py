"""A killed worker takes the others along: the executor terminates them in the midst of their tasks.

Alone: nox -s scenarios -- -k "executor and killed_beside"

    BrokenProcessPool for all tasks, exit codes -9 and -15: fork, spawn, forkserver, 3.8 to 3.15
"""

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Event, active_children

from mpref_event import event


def setup(*events):
    global began, go, never
    began, go, never = events


def die():
    began.wait(), go.wait()
    os.kill(os.getpid(), signal.SIGKILL)


def work():
    event("other-begins"), began.set(), never.wait()
    event("other-ends")


if __name__ == "__main__":
    events = Event(), Event(), Event()
    executor = ProcessPoolExecutor(2, initializer=setup, initargs=events)
    futures = {"killed": executor.submit(die), "other": executor.submit(work)}
    workers = active_children()
    futures["waiting"] = executor.submit(int, "7")  # and the executor looks at all its workers: see the declaration
    events[1].set()
    for which, future in futures.items():
        event("broken", which=which, raises=type(future.exception()).__name__)
    executor.shutdown()
    event("ended", codes=sorted(worker.exitcode for worker in workers), children=len(active_children()))
