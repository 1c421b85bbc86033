"""A callback that raises kills the thread that fetches results: get() waits for ever, and another one spins.

Alone: nox -s scenarios -- -k "pool and callback_raises"

    endless, one core busy: 3.8 to 3.15
"""

from multiprocessing import Pool

from mpref_event import event


def work(number):
    event("task-runs", number=number)
    return number


def bad(value):
    event("callback-runs", value=value)
    raise RuntimeError("not my day")


if __name__ == "__main__":
    pool = Pool(1)
    pool.apply_async(work, (1,), callback=bad)
    event("result", value=pool.apply(work, (2,)))
