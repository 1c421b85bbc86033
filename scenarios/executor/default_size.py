"""An executor has as many workers as there are CPUs: all of the machine's, or from 3.13 on those that it may use.

Alone: nox -s scenarios -- -k "executor and default_size"

    workers on one usable CPU of two: 3.8 to 3.12: 2    3.13 to 3.15: 1
    on two usable CPUs of two: 2
"""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor

from mpref_event import event

if __name__ == "__main__":
    for usable in (2, 1):  # one, where there are no two
        os.sched_setaffinity(0, cpus := sorted(os.sched_getaffinity(0))[:usable])
        with ProcessPoolExecutor(mp_context=multiprocessing.get_context("fork")) as executor:
            executor.submit(int, "7").result()  # by fork the first task makes all workers
            workers = len(multiprocessing.active_children())
            event("made", usable=usable, all=workers == os.cpu_count(), each=workers == len(cpus))
