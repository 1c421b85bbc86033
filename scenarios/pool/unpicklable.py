"""What cannot be pickled fails where it is fetched: the task (apply_async takes it) and the result.

Alone: nox -s scenarios -- -k "pool and unpicklable and not exception"

    PicklingError, MaybeEncodingError: 3.8 to 3.15
"""

import threading
from multiprocessing import Pool

from mpref_event import event


def lock():
    event("task-runs")
    return threading.Lock()


if __name__ == "__main__":
    with Pool(1) as pool:
        for name, function in (("task", lambda: 1), ("result", lock)):
            result = pool.apply_async(function)
            event("given", what=name)
            try:
                result.get()
            except Exception as error:
                event("raised", what=name, type=type(error).__name__, text=str(error))
        event("goes-on", value=pool.apply(int, ("7",)))
