"""The guarded program, started by `python -m`.

Alone: nox -s scenarios -- -k as_module

                 the child's module    3.8 to 3.15
    fork         __main__
    spawn        __mp_main__
    forkserver   __mp_main__
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
