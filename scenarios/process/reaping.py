"""active_children() joins those that have ended: until then the ended child is there, as a zombie.

Alone: nox -s scenarios -- -k reaping

                     running   ended   after active_children()    fork, spawn, 3.8 to 3.15
    in the list      yes               no
    in the system    yes       yes     no
"""

import os
from multiprocessing import Pipe, Process, active_children

from mpref_event import event


def func(conn):
    conn.recv()  # held until the parent lets it go


def exists(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    here, there = Pipe()
    p = Process(target=func, args=(there,))
    event("made", active=len(active_children()))
    p.start()
    event("running", listed=active_children() == [p], exists=exists(p.pid))
    here.send("go on")
    os.waitid(os.P_PID, p.pid, os.WEXITED | os.WNOWAIT)  # waits, and leaves it as it is
    event("ended", exists=exists(p.pid))
    event("asked", active=len(active_children()), exists=exists(p.pid), exitcode=p.exitcode)
