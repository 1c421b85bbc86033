"""Pool() has as many workers as there are CPUs: all of the machine's, or from 3.13 on those that the process may use.

Alone: nox -s scenarios -- -k "pool and default_size"

    workers on one usable CPU of two: 3.8 to 3.12: 2    3.13 to 3.15: 1
"""

import multiprocessing
import os
from multiprocessing import Pool, active_children

from mpref_event import event

if __name__ == "__main__":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one CPU is enough
    with Pool() as pool:
        workers = len(active_children())
        there = os.cpu_count()
        event("made", workers=workers, all=workers == there, told=multiprocessing.cpu_count() == there)
    for size in (0, -1):
        try:
            Pool(size)
        except ValueError as error:
            event("refused", size=size, message=str(error))
