"""shutdown(cancel_futures=True): what runs is done, what waits is cancelled, but not what lies ready for the workers.

Alone: nox -s scenarios -- -k "executor and cancel"

    tasks cancelled, of 1 to 4: 3.9 to 3.15: 2 to 4, or 3 and 4    3.8: 4, by hand; no such argument
"""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from mpref_event import event


def setup(*gates):
    global started, opened
    started, opened = gates


def work(number):
    event("task-starts", number=number)
    started.set()
    opened.wait()
    event("task-ends", number=number)


if __name__ == "__main__":
    started, opened = multiprocessing.Event(), multiprocessing.Event()
    executor = ProcessPoolExecutor(1, initializer=setup, initargs=(started, opened))
    futures = [executor.submit(work, number) for number in range(5)]
    futures[3].add_done_callback(lambda _: opened.set())
    started.wait()
    event("asked", running=futures[0].running(), first=futures[0].cancel(), last=futures[4].cancel())
    try:
        executor.shutdown(cancel_futures=True)
    except TypeError:
        event("unknown")
        opened.set()
    executor.shutdown()
    event("shut-down", cancelled=[future.cancelled() for future in futures], done=all(f.done() for f in futures))
