"""wait() on the sentinels of several children returns those that have ended, whatever the order of their start.

Alone: nox -s scenarios -- -k "process and sentinel"

    started a b c, let go b c a: ready b, c, a, each alone: fork, spawn, forkserver, 3.8 to 3.15
"""

from multiprocessing import Pipe, Process
from multiprocessing.connection import wait

from mpref_event import event


def func(conn, name):
    conn.recv()  # held until the parent lets it go
    event("child-ends", name=name)


if __name__ == "__main__":
    pipes = {name: Pipe() for name in ("a", "b", "c")}
    children = {name: Process(target=func, args=(pipes[name][1], name)) for name in pipes}
    for p in children.values():
        p.start()
    names = {p.sentinel: name for name, p in children.items()}
    event("running", ready=wait(list(names), timeout=0.1))
    for name in ("b", "c", "a"):
        pipes[name][0].send("go on")
        ready = wait(list(names))
        event("ready", name=name, names=[names.pop(sentinel) for sentinel in ready])
        children[name].join()
        event("joined", name=name, exitcode=children[name].exitcode)
