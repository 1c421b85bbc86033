"""Pool() has as many workers as there are CPUs: all of the machine's, or from 3.13 on those that the process may use.

Alone: nox -s scenarios -- -k "pool and default_size"

    workers on one usable CPU of two: 3.8 to 3.12: 2    3.13 to 3.15: 1
    on two usable CPUs of two: 2
"""

import multiprocessing
import os
from multiprocessing import Pool, active_children

from mpref_event import event

if __name__ == "__main__":
    there = os.cpu_count()
    for usable in (2, 1):  # one, where there are no two
        os.sched_setaffinity(0, cpus := sorted(os.sched_getaffinity(0))[:usable])
        with Pool() as pool:
            workers = len(active_children())
            known = multiprocessing.cpu_count() == there
            event("made", usable=usable, all=workers == there, each=workers == len(cpus), told=known)
    for size in (0, -1):
        try:
            Pool(size)
        except ValueError as error:
            event("refused", size=size, message=str(error))
