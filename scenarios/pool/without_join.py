"""close() without join(): the program does not wait for its tasks, they are lost.

Alone: nox -s scenarios -- -k "pool and without_join"

    status 0, no task done, nothing said: fork, spawn, forkserver, 3.8 to 3.15
"""

import multiprocessing
import time
from multiprocessing import Pool, Semaphore

from mpref_event import event


def setup(semaphore):
    global running
    running = semaphore


def work(number):
    event("task-starts", number=number, daemon=multiprocessing.current_process().daemon)
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
    p.close()
    event("parent-ends")  # and no p.join()
