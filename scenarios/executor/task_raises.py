"""What a task raises comes out of result(), SystemExit too (which loses the task in a Pool); the worker lives on.

Alone: nox -s scenarios -- -k "executor and task_raises"

    ZeroDivisionError and SystemExit out of result(), one worker: 3.8 to 3.15
    -W error on 3.15: the worker dies formatting the traceback
"""

import sys
from concurrent.futures import ProcessPoolExecutor

from mpref_event import event


def divide(number):
    event("task-runs", number=number)
    return 1 / number


def leave():
    event("task-leaves")
    sys.exit(3)


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        future = executor.submit(divide, 0)
        error = future.exception()  # it waits, and does not raise
        event("raised", name=type(error).__name__, cause=type(error.__cause__).__name__, text=str(error.__cause__))
        try:
            executor.submit(leave).result()
        except SystemExit as error:
            event("left", code=error.code)
        results = executor.map(divide, (4, 0, 2))
        event("before", value=next(results))
        try:
            next(results)
        except ZeroDivisionError:
            event("in-its-turn", after=list(results))  # the end: the rest of the results is not given
