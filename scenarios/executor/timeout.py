"""A time limit in result(), exception(), map() and wait(): the wait is over, the task goes on.

Alone: nox -s scenarios -- -k "executor and timeout"

    a TimeoutError of its own: 3.8 to 3.10    the builtin one: 3.11 to 3.15
"""

import concurrent.futures
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from mpref_event import event


def setup(gate):
    global opened
    opened = gate


def work(number):
    opened.wait(), event("task-ends", number=number)
    return number


if __name__ == "__main__":
    with ProcessPoolExecutor(1, initializer=setup, initargs=(gate := multiprocessing.Event(),)) as executor:
        future = executor.submit(work, 1)
        for ask in (future.result, future.exception):
            try:
                ask(timeout=0.05)
            except concurrent.futures.TimeoutError as error:
                event("timed-out", of=ask.__name__, builtin=isinstance(error, TimeoutError))
        try:
            list(executor.map(work, [2], timeout=0.05))
        except concurrent.futures.TimeoutError as error:
            event("timed-out", of="map", builtin=isinstance(error, TimeoutError))
        done, pending = concurrent.futures.wait([future], timeout=0.05)
        event("waited", done=len(done), pending=len(pending))
        gate.set()
        event("result", value=future.result())
