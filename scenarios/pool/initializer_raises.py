"""An initializer that raises: the pool makes new workers for ever, and the task waits for ever.

Alone: nox -s scenarios -- -k "pool and initializer_raises"

    endless, 20 to 40 workers a second by fork: 3.8 to 3.15
"""

from multiprocessing import Pool

from mpref_event import event


def setup():
    event("set-up")
    raise RuntimeError("not in the mood")


if __name__ == "__main__":
    with Pool(1, setup) as pool:
        pool.apply(int)
        event("parent-goes-on")
