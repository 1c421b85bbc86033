"""An exception that pickles but does not unpickle kills the pool's result thread: get() waits for ever.

Alone: nox -s scenarios -- -k "pool and unpicklable_exception"

    TypeError in a thread, then blocked: 3.8 to 3.15
    -W error on 3.15: the worker dies earlier, formatting the traceback
"""

from multiprocessing import Pool

from mpref_event import event


class Refused(Exception):
    def __init__(self, who, why):
        super().__init__(f"{who}: {why}")  # args has one item, __init__ wants two


def work():
    event("task-runs")
    raise Refused("pool", "no reason")


if __name__ == "__main__":
    pool = Pool(1)
    try:
        pool.apply(work)
    except Refused:
        event("raised")
