"""exitcode: 0, what the child said, or minus the signal.

Alone: nox -s scenarios -- -k exit_codes

    returns   sys.exit(3)   os._exit(4)   SIGTERM   fork, spawn, forkserver, 3.8 to 3.15
    0         3             4             -15       every run
"""

import os
import signal
import sys
from multiprocessing import Process

from mpref_event import event


def func(how):
    event("child-runs", how=how)
    if how == "exits_3":
        sys.exit(3)
    if how == "leaves_4":
        os._exit(4)
    if how == "is_terminated":
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    for how in ("returns", "exits_3", "leaves_4", "is_terminated"):
        p = Process(target=func, args=(how,))
        p.start()
        event("started", how=how, child=p.pid)
        p.join()
        event("joined", how=how, exitcode=p.exitcode)
