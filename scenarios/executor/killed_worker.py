"""A killed worker breaks the executor: every future raises BrokenProcessPool, nothing waits for ever as in a Pool.

Alone: nox -s scenarios -- -k "executor and killed_worker"

    BrokenProcessPool for both: fork, spawn, forkserver, 3.8 to 3.15; a cause: 3.15, 3 of 5 runs
"""

import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from mpref_event import event


def setup(gate):
    global opened
    opened = gate


def die():
    event("task-runs")
    opened.wait()
    os.kill(os.getpid(), signal.SIGKILL)  # what the kernel does when memory is short


if __name__ == "__main__":
    with ProcessPoolExecutor(1, initializer=setup, initargs=(gate := multiprocessing.Event(),)) as executor:
        futures = [executor.submit(die), executor.submit(int, "7")]
        gate.set()
        for number, future in enumerate(futures):
            try:
                future.result()
            except BrokenProcessPool as error:
                event("broken", number=number, cause=str(error.__cause__))
        try:
            executor.submit(int, "8")
        except BrokenProcessPool:
            event("refused")
