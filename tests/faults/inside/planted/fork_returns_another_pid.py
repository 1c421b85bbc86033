"""In the parent os.fork() returns a pid that is not the child's.

Documented (os.fork): "Return 0 in the child and the child's process id in the parent."
"""

import os

from mpref_planting import mark, replace

CAUGHT_BY = [
    {
        "scenario": "fork/recorded",
        "methods": ["none"],
        "check": "value",
        "says": "In the parent fork() returns the pid of the child.",
    },
]


@replace(os, "fork")
def fork(original):
    pid = original()
    if pid:
        mark()
        return pid + 1
    return pid
