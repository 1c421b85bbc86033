"""An input that raises in its midst: map() raises at once, but what came before it is done, and nobody gets the results.

Alone: nox -s scenarios -- -k "executor and input_raises"

    no items: no worker    chunksize below 1: ValueError    input raises: two tasks done, no iterator    3.8 to 3.15
"""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import active_children

from mpref_event import event


def work(number):
    event("task-runs", number=number)
    return number


def numbers():
    yield 1
    yield 2
    raise LookupError("no third")


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        event("no-items", results=list(executor.map(work, [])), children=len(active_children()))
        for chunksize in (0, -1):
            try:
                executor.map(work, [3], chunksize=chunksize)
            except ValueError as error:
                event("refused", message=str(error))
        try:
            executor.map(work, numbers())
            event("given")
        except LookupError as error:
            event("raised", message=str(error))
    event("left")
