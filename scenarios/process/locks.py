"""Who may acquire and release: a lock, a lock with an owner, and semaphores, used by two children by turns.

Alone: nox -s scenarios -- -k locks

    Lock                one holder in all; anyone releases it; once too often is a ValueError     3.8 to 3.15
    RLock               its owner as often as it likes; another's release() is an AssertionError
    Semaphore           as many as it counts; release() may add to them
    BoundedSemaphore    more release() than acquire() is a ValueError
"""

from multiprocessing import BoundedSemaphore, Lock, Pipe, Process, RLock, Semaphore

from mpref_event import event

STEPS = (  # two children, a and b: + acquire at once, = acquire with a timeout, - release
    (Lock, "exclusive", "a+ a+ b+ b= a- b+ a+ b-"),
    (Lock, "no owner", "a+ b- b+ a- a-"),
    (RLock, "again", "a+ a= b+ a- b= a- b+ b+ a+ b- b- a+ a-"),
    (RLock, "owner", "b- b+ a- b+ b- a+ b- a+"),
    (lambda: Semaphore(2), "counts", "a+ b+ b+ a= b- a+ b+ a- a-"),
    (lambda: Semaphore(2), "unbounded", "b- a+ b+ a+ b+"),
    (lambda: BoundedSemaphore(2), "bounded", "a- a+ b+ b+ b- a- b-"),
)


def func(locks, conn):
    while True:  # a daemon ends with the program
        number, what = conn.recv()
        lock = locks[number]
        try:
            conn.send(lock.release() or "released" if what == "-" else lock.acquire(what == "=", 0.01))
        except (AssertionError, ValueError) as error:
            conn.send(type(error).__name__)


if __name__ == "__main__":
    locks, pipes = [make() for make, _, _ in STEPS], {"a": Pipe(), "b": Pipe()}
    [Process(target=func, args=(locks, there), daemon=True).start() for _, there in pipes.values()]
    for number, (_, shows, steps) in enumerate(STEPS):
        got = [pipes[child][0].send((number, what)) or pipes[child][0].recv() for child, what in steps.split()]
        event("did", kind=type(locks[number]).__name__, shows=shows, got=got)
