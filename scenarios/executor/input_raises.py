"""An input that raises in its midst: map() raises at once, but what came before it is done, and nobody gets the results.

Alone: nox -s scenarios -- -k "executor and input_raises"

    two tasks done, no iterator: 3.8 to 3.15
"""

from concurrent.futures import ProcessPoolExecutor

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
        try:
            executor.map(work, numbers())
            event("given")
        except LookupError as error:
            event("raised", message=str(error))
    event("left")
