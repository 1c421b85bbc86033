"""An exit handler registered at the top level: who imports the main module has it, but not every process runs it.

Alone: nox -s scenarios -- -k atexit_at_import

                  3.8 - 3.12       3.13.0             3.13.18, 3.14.10, 3.15.2
    fork          parent           parent             parent
    spawn         parent, child    parent, child      parent, child
    forkserver    parent           parent, child      parent, fork server
"""

import atexit
import os
from multiprocessing import Process

from mpref_event import event


def last(pid):
    event("handler-runs", module=__name__, registered_here=pid == os.getpid())


atexit.register(last, os.getpid())


def func():
    event("child-runs", module=__name__)


if __name__ == "__main__":
    p = Process(target=func)
    p.start()
    p.join()
    event("joined", exitcode=p.exitcode)
