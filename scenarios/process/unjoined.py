"""Children that nobody joins: asking after one reaps it, and so does the next start(); too late, terminate() does nothing.

Alone: nox -s scenarios -- -k unjoined

    has ended, and then       says so    is reaped      fork, spawn, 3.8 to 3.15
    exitcode                  yes        yes
    is_alive()                yes        yes
    start() of another                   yes
"""

import os
from multiprocessing import Pipe, Process, active_children

from mpref_event import event


def exists(p):
    try:
        os.kill(p.pid, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    pipes = [Pipe() for _ in range(3)]
    children = [Process(target=there.recv, name=name) for name, (_, there) in zip("abc", pipes)]
    for p in children:
        p.start()
    event("running", names=sorted(p.name for p in active_children()))
    for p, (here, _) in zip(children, pipes):
        here.send("go on")
        os.waitid(os.P_PID, p.pid, os.WEXITED | os.WNOWAIT)  # waits, and leaves it as it is
    event("asked", name="a", exists=exists(children[0]), answer=children[0].exitcode, reaped=not exists(children[0]))
    event("asked", name="b", exists=exists(children[1]), answer=children[1].is_alive(), reaped=not exists(children[1]))
    there = exists(children[2])
    Process().start()
    event("asked", name="c", exists=there, answer=None, reaped=not exists(children[2]))
    event("too-late", terminated=p.terminate(), killed=p.kill(), exitcode=p.exitcode)
