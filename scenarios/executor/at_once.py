"""Three workers do three tasks at the same time: each task waits for the other two.

Alone: nox -s scenarios -- -k "executor and at_once"

    all three meet, in three workers: fork, spawn, forkserver, 3.8 to 3.15
"""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from mpref_event import event


def setup(shared):
    global barrier
    barrier = shared


def work(number):
    event("task-starts", number=number)
    place = barrier.wait(10)
    event("task-ends", number=number)
    return place


if __name__ == "__main__":
    with ProcessPoolExecutor(3, initializer=setup, initargs=(multiprocessing.Barrier(3),)) as executor:
        places = sorted(executor.map(work, range(3)))
        event("met", places=places, children=len(multiprocessing.active_children()))
        try:
            with executor:
                raise KeyError(7)
        except KeyError:
            event("raised", children=len(multiprocessing.active_children()))
