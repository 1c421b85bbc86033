"""join(timeout) returns None, whether the child has ended or not: only exitcode or is_alive() tell.

Alone: nox -s scenarios -- -k join_timeout

    join(0), join(0.1)   None, exitcode None, alive       while the child is held: fork, forkserver,
    join(-1)             the same, at once                3.8 to 3.15
    join(60), join()     None, exitcode 0, not alive
"""

import time
from multiprocessing import Pipe, Process

from mpref_event import event


def func(conn):
    conn.recv()  # held until the parent lets it go
    event("child-ends")


if __name__ == "__main__":
    here, there = Pipe()
    p = Process(target=func, args=(there,))
    p.start()
    for timeout in (0, 0.1):
        begin = time.perf_counter()
        returned = p.join(timeout)
        waited = time.perf_counter() - begin
        event("timed-out", timeout=timeout, returned=returned, waited=waited, alive=p.is_alive(), exitcode=p.exitcode)
    event("negative", returned=p.join(-1), alive=p.is_alive())
    here.send("go on")
    for timeout in (60, None):
        event("joined", returned=p.join(timeout), alive=p.is_alive(), exitcode=p.exitcode)
