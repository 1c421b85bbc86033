"""shutdown(wait=False) returns at once; the tasks that were given are done all the same.

Alone: nox -s scenarios -- -k "executor and no_wait"

    3.8: blocked    3.9 to 3.15: all three tasks done    fork, spawn, forkserver
"""

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
    return number * number


if __name__ == "__main__":
    executor = ProcessPoolExecutor(1, initializer=setup, initargs=(gate := multiprocessing.Event(),))
    futures = [executor.submit(work, number) for number in range(3)]
    executor.shutdown(wait=False)
    event("returned", done=[future.done() for future in futures])
    try:
        executor.submit(work, 3)
    except RuntimeError as error:
        event("refused", message=str(error))
    gate.set()
    event("results", squares=[future.result() for future in futures])
    for thread in set(threading.enumerate()) - {threading.main_thread()}:
        thread.join(5)  # the end of the program may stumble over a thread that is just closing its pipe
