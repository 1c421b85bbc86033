"""At its end a parent terminates its daemonic children and waits for the others.

Alone: nox -s scenarios -- -k daemon

                daemonic     other        fork, spawn, forkserver, 3.8 to 3.15
    comes to    its end      its end
                never        always
"""

import time
from multiprocessing import Event, Process

from mpref_event import event


def work(running, seconds, daemon):
    event("child-runs", daemon=daemon)
    running.set()
    time.sleep(seconds)
    event("child-ends", daemon=daemon)


if __name__ == "__main__":
    for daemon, seconds in ((True, 60), (False, 0.5)):
        running = Event()
        p = Process(target=work, args=(running, seconds, daemon), daemon=daemon)
        p.start()
        running.wait()  # the child is in the midst of it
        event("started", daemon=daemon, child=p.pid)
    event("parent-ends")
