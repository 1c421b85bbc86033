"""At its end a parent waits for its children, between exit handlers registered late and early.

Alone: nox -s scenarios -- -k waits_at_exit

    parent ends, later handler, child ends, earlier handler: fork, spawn, forkserver, 3.8 to 3.15
"""

import atexit

from mpref_event import event


def func(conn):
    event("child-runs")
    conn.recv()  # held until the parent is at its end
    event("child-ends")


def release(conn):
    event("later-handler")
    conn.send("go on")


if __name__ == "__main__":
    atexit.register(event, "earlier-handler")
    from multiprocessing import Pipe, Process

    here, there = Pipe()
    Process(target=func, args=(there,)).start()
    atexit.register(release, here)
    event("parent-ends")
