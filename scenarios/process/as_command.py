"""The guarded program after `python -c`: there is nothing that a child could import.

Alone: nox -s scenarios -- -k as_command

    fork                 runs                                     3.8 to 3.15
    spawn, forkserver    AttributeError in the child, exitcode 1  3.8 to 3.15
"""

import multiprocessing
from multiprocessing import Process

from mpref_event import event


def func():
    event("child-runs", name=__name__)


if __name__ == "__main__":
    event("parent-starts", method=multiprocessing.get_start_method())
    p = Process(target=func)
    p.start()
    p.join()
    event("joined", child=p.pid, exitcode=p.exitcode)
