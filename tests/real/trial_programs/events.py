"""Records events as `mpref_event` does, in two processes; the child's last line is torn."""

import os
import time


def event(label, seq, **fields):
    line = repr((label, os.getpid(), os.getppid(), time.monotonic_ns(), seq, fields)) + "\n"
    path = os.path.join(os.environ["MPREF_EVENTS"], "%d.events" % os.getpid())
    with open(path, "a") as file:
        file.write(line)


event("first", 0, text="a\u00e4\udc80", number=1, pair=(1, 2))
child = os.fork()
if child == 0:
    event("in child", 0, data=b"x")
    with open(os.path.join(os.environ["MPREF_EVENTS"], "%d.events" % os.getpid()), "a") as file:
        file.write("('torn', 1")
    os._exit(0)
os.waitpid(child, 0)
event("last", 1)
