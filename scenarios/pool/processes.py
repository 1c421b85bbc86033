"""Pool(3) makes three daemonic processes at once, before there is a task.

Alone: nox -s scenarios -- -k "pool and processes"

    three, daemonic: 3.8 to 3.15    named                     child of
    fork                            ForkPoolWorker-1 ...      the program
    spawn                           SpawnPoolWorker-1 ...     the program
    forkserver                      ForkServerPoolWorker-1    the fork server
"""

from multiprocessing import Pool, active_children, current_process

from mpref_event import event


def setup():
    event("worker-starts", name=current_process().name, daemon=current_process().daemon)


if __name__ == "__main__":
    event("parent-starts", children=len(active_children()))
    pool = Pool(3, setup)
    children = sorted(active_children(), key=lambda child: child.name)
    event("pool-made", names=[child.name for child in children], daemons=[child.daemon for child in children])
    for child in children:
        event("known", child=child.pid, name=child.name)
    pool.close()
    pool.join()
    event("pool-joined", children=len(active_children()), codes=[child.exitcode for child in children])
