"""An idle worker is stopped, and gets no task: the pool does not hand out tasks, workers take them.

Alone: nox -s scenarios -- -k stopped_worker

    all six tasks by the other worker: 54 of 54 runs, fork, spawn, forkserver, 3.8 to 3.15
"""

import multiprocessing
import os
import signal
import time
from multiprocessing import Barrier, Pool

from mpref_event import event


def work(turn):
    event("task-runs", turn=turn)
    time.sleep(0.05)  # meanwhile the other one comes to the queue and waits there
    return os.getpid()


if __name__ == "__main__":
    with Pool(2, Barrier(2).wait) as pool:  # none begins before both are up
        last = pool.apply(work, (0,))  # it has had its turn: it comes to the queue behind the other
        time.sleep(0.1)
        event("stops", worker=last)
        os.kill(last, signal.SIGSTOP)
        try:
            results = [pool.apply_async(work, (turn,)) for turn in range(1, 7)]
            workers = {result.get(timeout=3) for result in results}
            event("done", workers=len(workers), stopped=last in workers)
        except multiprocessing.TimeoutError:
            event("blocked")
        finally:
            os.kill(last, signal.SIGCONT)
