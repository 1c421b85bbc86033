"""A busy pool that is forgotten is not collected: its task is done first.

Alone: nox -s scenarios -- -k collected_busy

    not collected, task and callback done: fork, spawn, forkserver, 3.8 to 3.15, and PyPy
"""

import gc
import threading
import time
import weakref
from multiprocessing import Event, Pool, active_children

from mpref_event import event


def setup(*gates):
    work.started, work.opened = gates


def work():
    work.started.set()
    work.opened.wait()
    event("task-ends")


if __name__ == "__main__":
    started, opened = Event(), Event()
    pool = Pool(1, setup, (started, opened))
    pool.apply_async(work, callback=lambda _: event("called-back"))
    started.wait()
    collected = weakref.finalize(pool, lambda: None)
    del pool
    gc.collect()
    event("forgotten", collected=not collected.alive)
    opened.set()
    end = time.monotonic() + 5
    while threading.active_count() > 1 and time.monotonic() < end:  # one of the pool's own threads terminates it
        gc.collect()
        time.sleep(0.01)
        getattr(gc, "collect_step", bool)()  # PyPy collects the pool in small steps, CPython has by itself
    event("gone", children=len(active_children()), collected=not collected.alive)
