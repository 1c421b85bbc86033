"""join() without close() or terminate() before: the pool refuses, and the tasks are lost at the program's end.

Alone: nox -s scenarios -- -k "pool and without_close"

    ValueError, status 1, no task done: fork, spawn, forkserver, 3.8 to 3.15
"""

import time
from multiprocessing import Pool, Semaphore

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
    p = Pool(2, setup, (semaphore,))
    for i in range(3):
        p.apply_async(work, args=(i,))
    semaphore.acquire()
    semaphore.acquire()  # both workers are in the midst of it
    event("parent-joins")
    p.join()  # and no p.close() before
    event("parent-goes-on")
