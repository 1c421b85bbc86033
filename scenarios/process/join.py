"""join() holds the parent until the child has ended. Guarded, so every start method will do.

Reading path 2 of 6. Next: process/without_join.
Alone: nox -s scenarios -- -k "join and not without"

                child's parent    order          3.8 to 3.15
    fork        the parent        as printed     every run
    spawn       the parent        as printed     every run
    forkserver  the fork server   as printed     every run
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
    event("before-start", "Attention! Child process will start.", child=p.pid)  # no process yet
    p.start()
    event("started", child=p.pid)
    p.join()  # waits until the child has ended
    event("joined", "Child process ends running.", alive=p.is_alive(), exitcode=p.exitcode)
