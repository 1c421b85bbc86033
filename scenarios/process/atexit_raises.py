"""An exit handler raises; the child does not run its parent's handler.

Alone: nox -s scenarios -- -k atexit_raises

    handler runs once, in the parent; status 0: fork, spawn, forkserver, 3.8 to 3.15
"""

import atexit
import os
from multiprocessing import Process

from mpref_event import event


def last(pid):
    event("handler-runs", registered_here=pid == os.getpid())
    raise RuntimeError("raised in an exit handler")


def func():
    event("child-runs")


if __name__ == "__main__":
    atexit.register(last, os.getpid())
    p = Process(target=func)
    p.start()
    p.join()
    event("joined", exitcode=p.exitcode)
