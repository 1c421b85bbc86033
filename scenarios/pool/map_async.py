"""map_async() does not wait: one AsyncResult for the whole list, in the input's order.

Alone: nox -s scenarios -- -k "pool and map_async and not starmap"

    one callback, order kept: fork, spawn, forkserver, 3.8 to 3.15
"""

from multiprocessing import Event, Pool
from multiprocessing.pool import AsyncResult

from mpref_event import event


def setup(*gates):
    global opened, others_done
    opened, others_done = gates


def work(number):
    if number == 0:
        opened.wait()
    event("task-ends", number=number)
    if number == 3:
        others_done.set()
    return number * number


if __name__ == "__main__":
    gates = gate, all_but_one = Event(), Event()
    with Pool(2, setup, gates) as pool:
        result = pool.map_async(work, range(4), 1, callback=lambda squares: event("called-back", squares=squares))
        event("given", right=isinstance(result, AsyncResult), ready=result.ready())
        all_but_one.wait()
        result.wait(0.05)
        event("waited", ready=result.ready())  # three of four are done: it is all or nothing
        gate.set()
        event("results", squares=result.get(), ready=result.ready())
