"""map_async() does not wait: one AsyncResult for the whole list, in the input's order.

Alone: nox -s scenarios -- -k "pool and map_async and not starmap"

    one callback, order kept: fork, spawn, forkserver, 3.8 to 3.15
"""

from multiprocessing import Event, Pool
from multiprocessing.pool import AsyncResult

from mpref_event import event


def setup(gate):
    global opened
    opened = gate


def work(number):
    if number == 0:
        opened.wait()
    event("task-ends", number=number)
    return number * number


if __name__ == "__main__":
    gate = Event()
    with Pool(2, setup, (gate,)) as pool:
        result = pool.map_async(work, range(4), 1, callback=lambda squares: event("called-back", squares=squares))
        event("given", right=isinstance(result, AsyncResult), ready=result.ready())
        result.wait(0.05)
        event("waited", ready=result.ready())  # three of four may be done: it is all or nothing
        gate.set()
        event("results", squares=result.get(), ready=result.ready())
