"""Two idle workers: the one that waits for the next task gets it, they take turns. Nobody picks at random.

Reading path 5 of 6. Next: pool/sleepers.
Alone: nox -s scenarios -- -k next_worker

    turns kept: 54 of 54 runs, fork, spawn, forkserver, 3.8 to 3.15
"""

import os
import time
from multiprocessing import Barrier, Pool

from mpref_event import event


def work(turn):
    event("task-runs", turn=turn)
    time.sleep(0.05)  # meanwhile the other one comes to the queue and waits there
    return os.getpid()


if __name__ == "__main__":
    with Pool(2, Barrier(2).wait) as pool:  # none begins before both are up
        workers = [pool.apply(work, (turn,)) for turn in range(6)]  # both are idle at each apply()
        event("done", turns=all(one != other for one, other in zip(workers, workers[1:])), workers=len(set(workers)))
