"""An idle pool that is forgotten: a ResourceWarning, and its workers are terminated at once.

Alone: nox -s scenarios -- -k collected_idle

    ResourceWarning, workers dead before gc.collect() returns: fork, spawn, forkserver, 3.8 to 3.15
    PyPy: the first collection warns, the second ends the workers
"""

import gc
import warnings
from multiprocessing import Barrier, Pool, active_children

from mpref_event import event


def show(message, category, *_, **__):  # keeps no reference to the pool
    event("warned", category=category.__name__, text=str(message).split(" <")[0])


if __name__ == "__main__":
    warnings.simplefilter("always", ResourceWarning)
    warnings.showwarning = show
    barrier = Barrier(3)
    pool = Pool(2, barrier.wait)
    barrier.wait()  # both workers are up
    children = active_children()
    event("made", alive=[child.is_alive() for child in children])
    del pool
    gc.collect()
    event("collected", alive=[child.is_alive() for child in children])
    gc.collect()
    event("collected-again", alive=[child.is_alive() for child in children])
    for child in children:
        child.join(5)
    event("waited", codes=[child.exitcode for child in children])
