"""What a program is told of its processors in a container: a cpuset is seen, a quota of CPU time is not.

Alone: nox -s containers -- -k container/cpus

                                cpuset of 1                quota of 0.5 or 1.5
    os.cpu_count()              the machine's              the machine's
    os.sched_getaffinity(0)     1                          the machine's
    os.process_cpu_count()      1 (since 3.13)             the machine's
    Pool()                      1 worker since 3.13,       as many as the machine has
                                else the machine's
"""

import multiprocessing
import os

from mpref_event import event

if __name__ == "__main__":
    with multiprocessing.Pool() as pool:
        event(
            "counted",
            machine=os.cpu_count(),
            module=multiprocessing.cpu_count(),
            affinity=len(os.sched_getaffinity(0)),
            usable=getattr(os, "process_cpu_count", os.cpu_count)(),
            workers=len(multiprocessing.active_children()),
        )
