"""terminate(): tasks that run are stopped in their midst, those that wait never begin, no result ever comes.

Alone: nox -s scenarios -- -k "pool and terminate"

    exit code -15, no finally, no result: fork, spawn, forkserver, 3.8 to 3.15
"""

import multiprocessing
import time
from multiprocessing import Pool, Semaphore, active_children

from mpref_event import event


def setup(semaphore):
    global running
    running = semaphore


def work(number):
    event("task-starts", number=number)
    running.release()
    try:
        time.sleep(60)
    finally:
        event("task-cleans-up", number=number)


if __name__ == "__main__":
    pool = Pool(1, setup, (semaphore := Semaphore(0),))
    results = [pool.apply_async(work, (number,)) for number in range(2)]
    semaphore.acquire()
    worker = active_children()[0]
    pool.terminate()
    pool.join()
    event("terminated", children=len(active_children()), code=worker.exitcode, ready=[r.ready() for r in results])
    try:
        results[0].get(timeout=0.1)
    except multiprocessing.TimeoutError:
        event("no-result")
