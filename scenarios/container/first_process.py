"""A program that is process 1 of its container adopts orphans, and leaves them zombies unless it waits for them.

Alone: nox -s containers -- -k container/first_process

                        the program is process 1      an init is process 1
    getpid()            1                             another
    an orphan's parent  the program                   the init, 1
    when it has ended   a zombie                      gone
"""

import os
import time

from mpref_event import event


def state(pid):
    try:
        with open("/proc/{}/stat".format(pid)) as file:
            return file.read().rpartition(")")[2].split()[0]
    except OSError:
        return "gone"


if __name__ == "__main__":
    event("program", mine=os.getpid())
    reading, writing = os.pipe()
    if os.fork() == 0:
        middle = os.getpid()
        if os.fork() == 0:  # the grandchild, an orphan as soon as the one between has ended
            while os.getppid() == middle:
                time.sleep(0.01)
            event("adopted", parent=os.getppid())
            os.write(writing, str(os.getpid()).encode())
        os._exit(0)
    os.wait()
    orphan = int(os.read(reading, 100))
    for _ in range(500):
        if state(orphan) in ("Z", "gone"):
            break
        time.sleep(0.01)
    time.sleep(0.1)  # an init has the time to wait for it
    event("after", state=state(orphan))
