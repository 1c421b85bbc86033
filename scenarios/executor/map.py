"""map() reads its whole input and gives tasks at once, its results one by one in order: lazy only at one end.

Alone: nox -s scenarios -- -k "executor and map"

    all read and given at once, order kept: 3.8 to 3.15
"""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from mpref_event import event


def setup(*gates):
    global opened, others_done
    opened, others_done = gates


def work(base, power):
    if base == 2:
        opened.wait()
    event("task-ends", base=base)
    if base == 4:
        others_done.set()
    return base**power


def numbers():
    for number in range(1, 5):
        event("consumed", number=number)
        yield number


if __name__ == "__main__":
    gates = gate, all_but_one = multiprocessing.Event(), multiprocessing.Event()
    with ProcessPoolExecutor(2, initializer=setup, initargs=gates) as executor:
        results = executor.map(work, numbers(), (1, 2, 3, 4, 5))  # as many as the shortest input has
        event("mapped", iterator=iter(results) is results)
        event("first", value=next(results))
        all_but_one.wait()
        gate.set()  # the second task ends last
        event("rest", values=list(results))
