"""An item that raises takes the rest of its chunk with it; other chunks are done all the same.

Alone: nox -s scenarios -- -k "pool and map_raises"

    items done    by chunks of 1: 4 of 4    by chunks of 3: 3 of 4    3.8 to 3.15
    -W error on 3.15: the worker dies formatting the traceback, and the pool waits for ever
"""

import time
import traceback
from multiprocessing import Pool

from mpref_event import event


def divide(number):
    if number == 13:  # the last of the first call: it is late
        time.sleep(0.1)
    event("task-runs", number=number)
    return 12 / number


if __name__ == "__main__":
    with Pool(1) as pool:
        for chunksize in (1, 3):
            try:
                pool.map(divide, [number + 10 * chunksize if number else 0 for number in (1, 0, 2, 3)], chunksize)
            except ZeroDivisionError as error:
                text = "".join(traceback.format_exception(type(error), error, error.__traceback__))
                event("raised", chunksize=chunksize, cause=type(error.__cause__).__name__, names=", in divide" in text)
        for call in (pool.imap, pool.imap_unordered):
            results = call(divide, (4, 0, 6))
            event("before", value=next(results))
            try:
                next(results)
            except ZeroDivisionError:
                event("in-its-turn", after=list(results))
