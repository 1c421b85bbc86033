"""Who runs the main module's top level for two children: nobody again, each child, or the fork server for both.

Alone: nox -s scenarios -- -k imported_again

                  3.8 - 3.13.0     3.13.18, 3.14.10, 3.15.2
    fork          the parent       the parent
    spawn         each child       each child
    forkserver    each child       the fork server, once
"""

import os
from multiprocessing import Process

from mpref_event import event

event("module-runs", module=__name__)
IMPORTER = os.getpid()


def func():
    event("child-runs", importer=IMPORTER)


if __name__ == "__main__":
    for _ in range(2):
        p = Process(target=func)
        p.start()
        p.join()
    event("joined", exitcode=p.exitcode)
