"""interrupt() is Ctrl-C for one child: KeyboardInterrupt there, which it may handle, and finally clauses run.

Alone: nox -s scenarios -- -k "process and interrupt"

    let out      handled     fork, spawn, forkserver, 3.14 and 3.15; until 3.13 there is no interrupt()
    exitcode 1   exitcode 0
"""

from multiprocessing import Pipe, Process

from mpref_event import event


def func(conn, how):
    try:
        conn.send("running")
        conn.recv()  # for ever
    except KeyboardInterrupt:
        event("child-interrupted", how=how)
        if how == "lets it out":
            raise
    finally:
        event("child-tidies", how=how)


if __name__ == "__main__":
    for how in ("lets it out", "handles it"):
        here, there = Pipe()
        p = Process(target=func, args=(there, how))
        p.start()
        here.recv()
        event("interrupted", how=how, returned=p.interrupt())
        p.join()
        event("joined", how=how, exitcode=p.exitcode)
