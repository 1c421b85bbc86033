"""What a task raises comes out of get(); the worker lives on.

Alone: nox -s scenarios -- -k task_raises

    ZeroDivisionError from get(), status 1: fork, spawn, forkserver, 3.8 to 3.15
    -W error on 3.15: not so under spawn and forkserver, where the worker dies formatting the traceback
"""

from multiprocessing import Pool

from mpref_event import event


def divide(number):
    event("task-runs", number=number)
    return 1 / number


if __name__ == "__main__":
    with Pool(2) as pool:
        result = pool.apply_async(divide, (0,))
        result.wait()
        event("task-done", successful=result.successful())
        event("next-result", result=pool.apply(divide, (4,)))  # the worker has survived
        result.get()  # the exception arrives here, in the parent
        event("parent-goes-on")
