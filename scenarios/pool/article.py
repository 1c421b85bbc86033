"""The article's Pool: seven tasks on four workers.

Alone: nox -s scenarios -- -k "pool and article"

                time that it says, 3.8 to 3.15 (the tasks in turn: 2.52)
    fork        0.77 to 0.80
    spawn       0.88 to 0.94
    forkserver  0.83 to 0.88
"""

import os
import time
from multiprocessing import Pool

DURATIONS = (0.472, 0.380, 0.174, 0.490, 0.453, 0.273, 0.276)  # the article's, which were random, by 10


def longTimeTask(name):
    print(f"Run task {name} ({os.getpid()})")
    start = time.time()
    time.sleep(DURATIONS[name])
    end = time.time()
    print(f"Task {name} ({os.getpid()}) runs {end - start:.2f} seconds.")


if __name__ == "__main__":
    start = time.time()
    print(f"Parent process {os.getpid()}")
    p = Pool(4)
    for i in range(7):
        p.apply_async(longTimeTask, args=(i,))  # some idle worker will take it
    print("Waiting for all subprocesses done...")
    p.close()  # no more tasks: the workers end when all are done
    p.join()
    end = time.time()
    print(f"All subprocesses done, time cost is {end - start:.2f}.")
