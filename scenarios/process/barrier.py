"""A Barrier between processes: the last to come lets all go on; a broken one stops all, until it is reset.

Alone: nox -s scenarios -- -k process/barrier

    all come                                  each goes on with a number of its own     3.8 to 3.15
    one aborts, or has waited for too long    BrokenBarrierError for all; reset() mends it
"""

from multiprocessing import Barrier, Pipe, Process
from threading import BrokenBarrierError

from mpref_event import event


def act():
    event("acts")


def come(barrier, timeout=None):
    try:
        return barrier.wait(timeout)
    except BrokenBarrierError:
        return "broken"


def func(barrier, conn):
    for _ in range(5):
        conn.send(conn.recv() or come(barrier))


if __name__ == "__main__":
    barrier, pipes = Barrier(3, act), [Pipe(), Pipe()]
    [Process(target=func, args=(barrier, there)).start() for _, there in pipes]
    for turn in ("first", "second", "late", "broken", "reset", "aborted"):
        others = [here for here, _ in pipes if turn != "late"]
        barrier.reset() if turn == "reset" else None
        [here.send(None) for here in others]
        mine = barrier.abort() or "aborted" if turn == "aborted" else come(barrier, 0.01 if turn == "late" else None)
        got = sorted([mine, *(here.recv() for here in others)], key=str)
        event("came", turn=turn, got=got, broken=barrier.broken, waiting=barrier.n_waiting)
