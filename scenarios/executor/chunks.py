"""map(chunksize=): a chunk is one task and keeps its order. An error takes its chunk with it, and cancels what waits.

Alone: nox -s scenarios -- -k "executor and chunks"

    order kept; of the chunk 40, 41, 42 nothing is given: 3.8 to 3.15; -W error on 3.15: the executor is broken
"""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from mpref_event import event


def setup(gate):
    global opened
    opened = gate


def work(item):
    event("item-runs", item=item)
    if item == 41:
        raise LookupError(item)
    if item == 43:
        opened.wait()


if __name__ == "__main__":
    with ProcessPoolExecutor(1, initializer=setup, initargs=(gate := multiprocessing.Event(),)) as executor:
        event("chunked", values=list(executor.map(abs, range(-6, 1), chunksize=3)))
        false = [executor.submit(eval, text).result() for text in ("None", "0", "''", "ValueError('returned')")]
        event("false", values=repr(false), empty=list(executor.map(abs, ())))
        try:
            event("given", value=executor.map(abs, [1], chunksize=0))
        except ValueError as error:
            event("refused", message=str(error))
        try:
            event("given", value=next(executor.map(work, range(40, 61), chunksize=3)))
        except LookupError:
            event("raised")
        gate.set(), executor.submit(abs, 0).result()  # or shutdown() may hang before 3.12
