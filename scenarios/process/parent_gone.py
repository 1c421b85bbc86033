"""A parent that ends by os._exit() leaves even its daemonic child behind; parent_process() lets the child know.

Alone: nox -s scenarios -- -k parent_gone

    the child goes on, and its parent_process().join() returns: fork, spawn, forkserver, 3.8 to 3.15
"""

import os
from multiprocessing import Pipe, Process, parent_process

from mpref_event import event


def func(conn):
    parent = parent_process()
    event("child-runs", alive=parent.is_alive(), parent=parent.pid)
    conn.send("running")
    parent.join()
    event("child-notices", alive=parent.is_alive(), parent=parent.pid)


if __name__ == "__main__":
    here, there = Pipe()
    p = Process(target=func, args=(there,), daemon=True)
    p.start()
    here.recv()
    event("parent-leaves")
    os._exit(7)  # no exit handler runs, and so nothing ends the child
