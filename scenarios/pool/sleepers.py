"""Tasks that sleep overlap on a single CPU: their speed-up says nothing about cores. Tasks that compute do not.

Reading path 6 of 6.
Alone: nox -s scenarios -- -k sleepers

    speed-up of four on one CPU, 3.8 to 3.15    sleep: 3.9    compute: 0.95 to 1.00, less beside other load
"""

import os
import time
from multiprocessing import Pool

from mpref_event import event


def sleep(task):
    event("sleep-starts", task=task)
    time.sleep(0.2)
    event("sleep-ends", task=task)


def compute(task):
    event("compute-starts", task=task)
    begin = time.process_time()
    while time.process_time() - begin < 0.05:  # CPU time of its own
        pass
    event("compute-ends", task=task)
    return time.monotonic()


if __name__ == "__main__":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # all that follows has one CPU
    with Pool(4) as pool:
        pool.map(sleep, range(4), chunksize=1)
        begin = time.monotonic()
        end = max(pool.map(compute, range(4), chunksize=1))
        event("computed", speedup=0.2 / (end - begin))
