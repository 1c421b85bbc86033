"""An Event between processes: who waits goes on when the other sets it, and not before.

Alone: nox -s scenarios -- -k event_set

    unset    is_set() is false and wait(timeout) returns False in both processes     3.8 to 3.15
    set      by one, it ends the other's wait(); is_set() and wait() are true in both; clear() takes it back
"""

from multiprocessing import Event, Pipe, Process

from mpref_event import event


def func(flag, conn):
    for name, *timeout in iter(conn.recv, None):
        conn.send(getattr(flag, name)(*timeout))


if __name__ == "__main__":
    flag, (here, there) = Event(), Pipe()
    p = Process(target=func, args=(flag, there))
    p.start()

    def child(*asked):
        here.send(asked)
        return here.recv()

    event("unset", parent=[flag.is_set(), flag.wait(0.01)], child=[child("is_set"), child("wait", 0.01)])
    here.send(("wait",))
    flag.set()
    event(
        "parent-set", waited=here.recv(), parent=[flag.is_set(), flag.wait(0)], child=[child("is_set"), child("wait")]
    )
    flag.clear()
    event("cleared", parent=[flag.is_set(), flag.wait(0)], child=[child("is_set"), child("wait", 0.01)])
    child("set")
    event("child-set", parent=[flag.is_set(), flag.wait()], child=[child("is_set"), child("wait", 0)])
    here.send(None)
    p.join()
    event("joined", exitcode=p.exitcode)
