"""The initializer runs once in each worker, before its first task. submit() passes on all arguments.

Alone: nox -s scenarios -- -k "executor and initializer and not raises"

    set up once for three tasks: fork, spawn, forkserver, 3.8 to 3.15
"""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import active_children

from mpref_event import event


def setup(*words):
    global greeting
    greeting = " ".join(words)
    event("set-up", greeting=greeting)


def work(base, power=1, *, plus=0):
    event("task-runs", greeting=greeting)
    return base**power + plus


if __name__ == "__main__":
    event("parent-starts")
    with ProcessPoolExecutor(1, initializer=setup, initargs=("good", "morning")) as executor:
        futures = [executor.submit(work, 7), executor.submit(work, 7, 2), executor.submit(work, 7, power=2, plus=1)]
        event("results", values=[future.result() for future in futures])
    event("parent-ends", greeting="greeting" in globals())
    try:
        ProcessPoolExecutor(1, initializer="set up")
    except TypeError as error:
        event("refused", message=str(error), children=len(active_children()))
