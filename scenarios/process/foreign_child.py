"""Only the process that started a child can join it. A sibling that knows of it may end it, not wait for it.

Alone: nox -s scenarios -- -k foreign_child

    join()           is_alive()       exitcode   terminate()    fork, 3.8 to 3.15
    AssertionError   AssertionError   None       works: -15
"""

from multiprocessing import Pipe, Process

from mpref_event import event


def held(conn):
    conn.recv()  # for ever
    event("held-ends")


def meddle(other):
    event("child-runs", child=other.pid, exitcode=other.exitcode)
    for name in ("join", "is_alive"):
        try:
            event("answered", name=name, value=getattr(other, name)())
        except AssertionError as error:
            event("refused", name=name, text=str(error))
    other.terminate()


if __name__ == "__main__":
    here, there = Pipe()
    p = Process(target=held, args=(there,))
    p.start()
    q = Process(target=meddle, args=(p,))
    q.start()
    q.join()
    p.join()
    event("joined", child=p.pid, exitcode=p.exitcode, meddler=q.exitcode)
