"""starmap() unpacks each item into arguments, map() does not.

Alone: nox -s scenarios -- -k "pool and starmap"

    unpacked by starmap() only: fork, spawn, forkserver, 3.8 to 3.15
"""

from multiprocessing import Event, Pool
from multiprocessing.pool import AsyncResult

from mpref_event import event


def setup(gate):
    global opened
    opened = gate


def work(base, power=0):
    opened.wait()
    event("task-ends")
    return [base, power]


if __name__ == "__main__":
    gate = Event()
    with Pool(2, setup, (gate,)) as pool:
        result = pool.starmap_async(work, [(2, 1), (2,)], callback=lambda pairs: event("called-back", pairs=pairs))
        event("given", right=isinstance(result, AsyncResult), ready=result.ready())
        gate.set()
        event("async-results", pairs=result.get())
        event("results", star=pool.starmap(work, iter([(3, 2), (3,)])), plain=pool.map(work, [(3, 2), (3,)]))
        pool.starmap_async(
            work, [(1, 2, 3)], error_callback=lambda error: event("bad", name=type(error).__name__)
        ).wait()
        try:
            pool.starmap(work, [(1, 2, 3)])
        except TypeError as error:
            event("raised", message=str(error))
