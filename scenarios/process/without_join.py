"""Without join() the parent goes on at once; it waits for its child at its own end.

Reading path 3 of 6. Next: pool/seven_tasks.
Alone: nox -s scenarios -- -k "without_join and not article"

                the parent comes first   3.8 to 3.15     the child comes first, when the parent is held up
    fork        21 of 28 runs                            without that too
    spawn       27 of 27 runs                            in the second trial, held up by 0.8 s
    forkserver  23 of 27 runs                            in the first trial, held up by 0.2 s
"""

import multiprocessing
import os
from multiprocessing import Process

from mpref_event import event


def func(name):
    event("child-runs", f"Child process {name} ({os.getpid()}) is running...", name=name)


if __name__ == "__main__":
    event("parent-starts", f"Parent process is {os.getpid()}", method=multiprocessing.get_start_method())
    p = Process(target=func, args=("test",))
    event("before-start", "Attention! Child process will start.")
    p.start()
    # p.join()
    event("parent-goes-on", "Child process ends running.", child=p.pid)
