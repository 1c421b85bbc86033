"""Ended from outside: minus the signal, and nothing in the child tidies up. SIGTERM can be ignored, SIGKILL cannot.

Alone: nox -s scenarios -- -k "process and terminate"

    terminate()   kill()   os.abort()   terminate(), ignored   fork, spawn, forkserver, 3.8 to 3.15
    -15           -9       -6           alive; then kill() -9
"""

import atexit
import os
import signal
from multiprocessing import Pipe, Process

from mpref_event import event


def func(conn, how):
    atexit.register(event, "child-tidies", how=how)
    if how == "ignores":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        conn.send("running")
        if how == "aborts":
            os.abort()
        conn.recv()  # for ever
    finally:
        event("child-tidies", how=how)


if __name__ == "__main__":
    for how, end in (("ended", "terminate"), ("killed", "kill"), ("aborts", "is_alive"), ("ignores", "terminate")):
        here, there = Pipe()
        p = Process(target=func, args=(there, how))
        p.start()
        here.recv()
        getattr(p, end)()
        p.join(0.1 if how == "ignores" else None)
        event("joined", how=how, exitcode=p.exitcode, alive=p.is_alive())
    p.kill()
    event("killed", returned=p.join(), exitcode=p.exitcode)
