"""An exit handler that is registered in the child.

Alone: nox -s scenarios -- -k atexit_in_child

                 3.8 to 3.12     3.13 to 3.15
    fork         does not run    runs
    spawn        runs            runs
    forkserver   does not run    runs
"""

import atexit
from multiprocessing import Process

from mpref_event import event


def func():
    atexit.register(event, "handler-runs")
    event("child-runs")


if __name__ == "__main__":
    p = Process(target=func)
    p.start()
    p.join()
    event("joined", exitcode=p.exitcode)
