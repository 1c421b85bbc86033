"""map(buffersize=2): the input is read two tasks ahead, and on when a result is taken; without it all at once.

Alone: nox -s scenarios -- -k "executor and buffersize"

    items read before the first result, between results: 3.14, 3.15: 2, then one each; without: all    3.8 to 3.13: TypeError
"""

from concurrent.futures import ProcessPoolExecutor

from mpref_event import event


def tell(read):
    for number in range(5):
        read.append(number)
        yield number


def ask(executor, **size):
    ahead = []
    results = executor.map(abs, tell(read := []), **size)
    ahead.append(len(read))
    values = [(value, ahead.append(len(read)))[0] for value in results]
    return {"ahead": ahead, "values": values}


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        event("all", **ask(executor))
        try:
            event("some", **ask(executor, buffersize=2))
        except TypeError as error:
            event("refused", unknown="buffersize" in str(error))
        try:
            event("none", **ask(executor, buffersize=0))
        except (TypeError, ValueError) as error:
            event("refused-none", name=type(error).__name__)
