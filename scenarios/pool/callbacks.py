"""Callbacks run in the parent, in a thread of the pool, one after the other, in the order in which tasks are done.

Alone: nox -s scenarios -- -k "pool and callbacks"

    one thread, not the main one, order kept: 3.8 to 3.15
    -W error on 3.15: the worker dies formatting the traceback, and the pool waits for ever
"""

import threading
import time
from multiprocessing import Pool

from mpref_event import event


def work(number):
    event("task-runs", number=number)
    return 4 // number


def good(value):
    time.sleep(0.05)  # get() waits for it
    event("good", value=value, main=threading.current_thread() is threading.main_thread(), thread=threading.get_ident())


def bad(error):
    event("bad", name=type(error).__name__, thread=threading.get_ident(), cause=type(error.__cause__).__name__)


if __name__ == "__main__":
    event("parent-starts")
    with Pool(1) as pool:
        results = [pool.apply_async(work, (number,), {}, good, bad) for number in (4, 0, 2, 1)]
        event("got", value=results[-1].get())  # its callback has run by now
        pool.map_async(work, (1, 0, 2, 0), 1, good, bad).wait()
        event("waited")
