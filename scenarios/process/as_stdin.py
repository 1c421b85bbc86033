"""The guarded program on standard input: a child looks for a file called <stdin>.

Alone: nox -s scenarios -- -k as_stdin

                 3.8 - 3.13.0, 3.15.2    3.13.18, 3.14.10
    fork         runs                    runs
    spawn        exitcode 1              exitcode 1
    forkserver   exitcode 1              start() fails: the server died
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
