"""Without shutdown() the program still waits for its tasks; the workers are no daemons. A Pool loses them.

The tasks wait for the program's last word, so that all of them have still to be done then.

Alone: nox -s scenarios -- -k "executor and without_shutdown"

    all three tasks done: fork, spawn, forkserver, 3.8 to 3.15
"""

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor

from mpref_event import event


def setup(gate):
    global opened
    opened = gate


def work(number):
    event("task-starts", number=number, daemon=multiprocessing.current_process().daemon)
    opened.wait()
    time.sleep(0.2)
    event("task-ends", number=number)


if __name__ == "__main__":
    gate = multiprocessing.Event()
    executor = ProcessPoolExecutor(1, initializer=setup, initargs=(gate,))
    for number in range(3):
        executor.submit(work, number)
    event("parent-ends")
    gate.set()  # and no executor.shutdown()
