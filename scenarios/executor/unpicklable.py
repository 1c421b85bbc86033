"""What cannot be pickled comes out of result(); an exception that does not unpickle breaks the executor.

Alone: nox -s scenarios -- -k "executor and unpicklable"

    PicklingError, TypeError, BrokenProcessPool: 3.8 to 3.15
    PyPy: PicklingError instead of the TypeError
    -W error on 3.15: the worker dies formatting the traceback
"""

import threading
from concurrent.futures import ProcessPoolExecutor

from mpref_event import event


class Refused(Exception):
    def __init__(self, who, why):
        super().__init__(f"{who}: {why}")  # args has one item, __init__ wants two


def lock():
    event("task-runs")
    return threading.Lock()


def refuse():
    event("task-refuses")
    raise Refused("executor", "no reason")


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        for name, function in (("task", lambda: 1), ("result", lock), ("exception", refuse)):
            error = executor.submit(function).exception()
            event("raised", what=name, type=type(error).__name__, text=str(error))
            if name == "result":
                event("goes-on", value=executor.submit(int, "7").result())
