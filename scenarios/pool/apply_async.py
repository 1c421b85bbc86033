"""apply_async() does not wait: it gives an AsyncResult, which tells what has become of the task.

Alone: nox -s scenarios -- -k "pool and apply_async"

    ready() false, ValueError, TimeoutError; then true, true, 49: fork, spawn, forkserver, 3.8 to 3.15
"""

import multiprocessing
from multiprocessing import Event, Pool
from multiprocessing.pool import AsyncResult

from mpref_event import event


def setup(gate):
    global opened
    opened = gate


def work(number):
    opened.wait()
    event("task-ends")
    return number * number


if __name__ == "__main__":
    with Pool(1, setup, (gate := Event(),)) as pool:
        result = pool.apply_async(work, (7,))
        event("given", right=isinstance(result, AsyncResult), ready=result.ready())
        try:
            result.successful()
        except ValueError as error:
            event("too-early", message=str(error).split(" at ")[0])
        try:
            result.get(timeout=0.05)
        except multiprocessing.TimeoutError as error:
            event("timed-out", builtin=isinstance(error, TimeoutError), waited=result.wait(0.01))
        gate.set()
        result.wait()
        event("task-done", ready=result.ready(), good=result.successful(), gets=[result.get(), result.get(timeout=0)])
