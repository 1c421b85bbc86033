"""os.waitpid() returns at once, whatever the child does.

Documented (os.waitpid): "Wait for completion of a child process given by process id pid".
"""

import os
import time

from mpref_planting import mark, replace

CAUGHT_BY = [
    {
        "scenario": "fork/recorded",
        "methods": ["none"],
        "check": "value",
        "says": "waitpid() returns the pid of the child that it waited for.",
    },
    {
        "scenario": "fork/exit_status",
        "methods": ["none"],
        "check": "happens-before",
        "says": "Each child runs before it is reaped.",
    },
]


@replace(os, "waitpid")
def waitpid(original, pid, options):
    mark()
    return original(pid, options | os.WNOHANG)


@replace(os, "fork")
def fork(original):
    pid = original()
    if pid == 0:
        time.sleep(0.1)  # that the child is still there when its parent asks is not left to chance
    return pid
