"""A worker of a pool is daemonic: it may not have a pool of its own.

Alone: nox -s scenarios -- -k "pool and nested"

    AssertionError: 3.8 to 3.15
    -W error on 3.15: the worker dies formatting the traceback, and the pool waits for ever
"""

from multiprocessing import Pool

from mpref_event import event


def inner():
    event("inner-starts")
    with Pool(1) as pool:
        return pool.apply(int, ("7",))


if __name__ == "__main__":
    with Pool(1) as pool:
        try:
            event("result", value=pool.apply(inner))
        except AssertionError as error:
            event("refused", message=str(error))
        pool.close()
        pool.join()
