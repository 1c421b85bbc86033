"""Signals: a forked child has its parent's handlers, a new interpreter has none; Ctrl-C reaches and interrupts them all.

Alone: nox -s scenarios -- -k "process and signals"

    in the child                   fork         spawn, forkserver    3.8 to 3.15
    handled by the parent          the same     default
    ignored by the parent          ignored      ignored
    SIGINT                         KeyboardInterrupt, exit code 1; its process group is the parent's
"""

import os
import signal
from multiprocessing import Process

from mpref_event import event


def handler(number, frame):
    """Handles nothing."""


def look(label):
    event(label, handled=signal.getsignal(signal.SIGUSR1) is handler, group=os.getpgid(0), session=os.getsid(0))


def func():
    os.kill(os.getpid(), signal.SIGUSR2)
    look("child-looks")
    os.kill(os.getpid(), signal.SIGINT)  # what Ctrl-C does, to every process of the group
    event("child-survives")


if __name__ == "__main__":
    signal.signal(signal.SIGUSR1, handler)
    signal.signal(signal.SIGUSR2, signal.SIG_IGN)
    look("parent-looks")
    p = Process(target=func)
    p.start()
    p.join()
    event("joined", exitcode=p.exitcode)
