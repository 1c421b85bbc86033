"""Random numbers in children: the module's own generator is seeded anew after a fork, one of yours is copied.

Alone: nox -s scenarios -- -k random_state

                  random.random()       a Random() at top level
    fork          all differ            the same in all         3.8 to 3.15
    spawn         all differ            all differ              3.8 to 3.15
    forkserver    all differ            all differ              3.8 - 3.13.0
    forkserver    all differ            the same in children    3.13.18, 3.14.10, 3.15.2
"""

import random
from multiprocessing import Process

from mpref_event import event

own = random.Random()


def func():
    event("child-draws", common=random.random(), own=own.random())


if __name__ == "__main__":
    random.seed(1)
    for _ in range(2):
        p = Process(target=func)
        p.start()
        p.join()
    event("parent-draws", common=random.random(), own=own.random(), exitcode=p.exitcode)
