"""Leaving the with block waits for all tasks, those that have not begun too. A Pool's with block terminates them.

Alone: nox -s scenarios -- -k "executor and with_pending"

    all four tasks done, then RuntimeError: fork, spawn, forkserver, 3.8 to 3.15
"""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import active_children

from mpref_event import event


def work(number):
    event("task-runs", number=number)
    return number * number


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        futures = [executor.submit(work, number) for number in range(4)]
        event("leaves")
    event("left", done=[future.done() for future in futures], children=len(active_children()))
    event("results", squares=[future.result() for future in futures])
    executor.shutdown()  # a second time
    try:
        executor.submit(work, 4)
    except RuntimeError as error:
        event("refused", message=str(error))
    try:
        executor.map(work, [5])
    except RuntimeError as error:
        event("map-refused", message=str(error))
