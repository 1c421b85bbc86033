"""A child crashes; its parent gets to know, and goes on.

Alone: nox -s scenarios -- -k segfault

    exitcode -11 under fork, spawn and forkserver, 3.8 to 3.15
"""

import os
import signal
from multiprocessing import Process

from mpref_event import event


def crash():
    event("child-runs")
    os.kill(os.getpid(), signal.SIGSEGV)  # what a faulty extension module does
    event("child-survives")


if __name__ == "__main__":
    p = Process(target=crash)
    p.start()
    p.join()
    event("joined", child=p.pid, exitcode=p.exitcode)
