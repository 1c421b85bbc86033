"""as_completed() gives the futures as they are done; wait() returns with the first, with the first error, or with all.

Alone: nox -s scenarios -- -k "executor and wait and not no_wait"

    task 1 first, then 2, which raises, then 0: 3.8 to 3.15; -W error on 3.15: the worker dies formatting the traceback
"""

import concurrent.futures
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Semaphore

from mpref_event import event


def setup(*semaphores):
    global gates
    gates = semaphores


def work(number):
    gates[number].acquire()
    event("task-ends", number=number)
    return 1 / (number - 2)


def numbers(some):
    return [futures.index(future) for future in some]


if __name__ == "__main__":
    with ProcessPoolExecutor(3, initializer=setup, initargs=(gates := [Semaphore(0) for _ in range(3)])) as executor:
        futures = [executor.submit(work, number) for number in range(3)]
        for number, until in ((1, "FIRST_COMPLETED"), (2, "FIRST_EXCEPTION"), (0, "ALL_COMPLETED")):
            gates[number].release()
            done, pending = concurrent.futures.wait(futures, return_when=until)
            event("waited", until=until, done=sorted(numbers(done)), pending=sorted(numbers(pending)))
            try:
                event("given", numbers=numbers(concurrent.futures.as_completed([*futures, futures[1]], timeout=0.1)))
            except concurrent.futures.TimeoutError:
                event("timed-out", first=numbers([next(concurrent.futures.as_completed(futures))]))
