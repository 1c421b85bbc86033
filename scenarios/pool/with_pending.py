"""Leaving the with block terminates the pool: it does not wait for the tasks that are pending.

Alone: nox -s scenarios -- -k "pool and with_pending"

    task ended, second one never begun: fork, spawn, forkserver, 3.8 to 3.15
"""

import time
from multiprocessing import Pool, Semaphore, active_children

from mpref_event import event


def setup(semaphore):
    global running
    running = semaphore


def work(number):
    event("task-starts", number=number)
    running.release()
    time.sleep(60)
    event("task-ends", number=number)


if __name__ == "__main__":
    semaphore = Semaphore(0)
    with Pool(1, setup, (semaphore,)) as pool:
        results = [pool.apply_async(work, (number,)) for number in range(2)]
        semaphore.acquire()
        event("leaves")
    event("left", ready=[result.ready() for result in results])
    try:
        pool.apply(work, (2,))
    except ValueError as error:
        event("refused", message=str(error))
    pool.join()
    event("joined", children=len(active_children()))
