"""A child starts a child: its name, its parent, and who waits for it.

Alone: nox -s scenarios -- -k "process and nested"

                  Process-1:1 is a child of              3.8 to 3.15
    fork, spawn   Process-1
    forkserver    a second fork server, Process-1's own
"""

import time
from multiprocessing import Process, active_children, current_process, parent_process

from mpref_event import event


def innermost():
    time.sleep(0.2)  # a child that did not wait would have ended
    event("grandchild-runs", name=current_process().name, parent=parent_process().pid)


def func():
    inherited = len(active_children())
    p = Process(target=innermost)
    p.start()  # and no join(): the child waits for it at its own end
    event("child-runs", name=current_process().name, parent=parent_process().pid, inherited=inherited, child=p.pid)


if __name__ == "__main__":
    p = Process(target=func)
    p.start()
    p.join()
    event("joined", exitcode=p.exitcode, child=p.pid)
