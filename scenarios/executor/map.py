"""map() reads its whole input and gives tasks at once, its results one by one in order: lazy only at one end.

Alone: nox -s scenarios -- -k "executor and map"

    all read and given at once, order kept: 3.8 to 3.15
"""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from mpref_event import event


def setup(gate):
    global opened
    opened = gate


def work(base, power):
    if base == 2:
        opened.wait()
    event("task-ends", base=base)
    return base**power


def numbers():
    for number in range(1, 5):
        event("consumed", number=number)
        yield number


if __name__ == "__main__":
    gate = multiprocessing.Event()
    with ProcessPoolExecutor(2, initializer=setup, initargs=(gate,)) as executor:
        results = executor.map(work, numbers(), (1, 2, 3, 4, 5))  # as many as the shortest input has
        event("mapped", iterator=iter(results) is results)
        event("first", value=next(results))
        gate.set()
        event("rest", values=list(results))
