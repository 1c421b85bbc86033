"""After shutdown() every worker has ended, of its own accord: exit code 0, and no child is left.

Alone: nox -s scenarios -- -k "executor and ended_workers"

    both workers ended by 0, no children: 3.8 to 3.15, by fork, spawn, forkserver
"""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from mpref_event import event


def setup(both):
    global barrier
    barrier = both


def meet(number):
    barrier.wait()  # so that each of the two tasks needs a worker of its own
    event("task-ends", number=number)


def tell(by, workers):
    alive, children = [worker.is_alive() for worker in workers], multiprocessing.active_children()
    event("ended", by=by, codes=[worker.exitcode for worker in workers], alive=alive, children=len(children))


if __name__ == "__main__":
    for by in ("with", "shutdown"):
        executor = ProcessPoolExecutor(2, initializer=setup, initargs=(multiprocessing.Barrier(2),))
        tasks = [executor.submit(meet, number) for number in range(2)]
        workers = multiprocessing.active_children()
        if by == "with":
            with executor:
                pass
        executor.shutdown()
        tell(by, workers)
