"""imap_unordered() gives the results in the order in which the tasks are done.

Alone: nox -s scenarios -- -k imap_unordered

    1, 2, 3, and then 0: fork, spawn, forkserver, 3.8 to 3.15
"""

import multiprocessing
from multiprocessing import Event, Pool

from mpref_event import event


def setup(gate):
    global opened
    opened = gate


def work(number):
    if number == 0:
        opened.wait()
    event("task-ends", number=number)
    return number


if __name__ == "__main__":
    gate = Event()
    with Pool(2, setup, (gate,)) as pool:
        results = pool.imap_unordered(work, range(4))
        event("first", values=[next(results), next(results), next(results)])  # task 0 waits
        try:
            results.next(timeout=0.05)
        except multiprocessing.TimeoutError:
            event("timed-out")  # which ends nothing: the result still comes
        gate.set()
        event("last", values=list(results))
