"""In a forked child os.getppid() returns what it returned before the fork.

Documented (os.getppid): "Return the parent's process id."
"""

import os

from mpref_planting import mark, replace

CAUGHT_BY = [
    {
        "scenario": "fork/recorded",
        "methods": ["none"],
        "check": "child-of",
        "says": "In the child, getppid() is the pid of the process that called fork().",
    },
    {
        "scenario": "process/join",
        "methods": ["fork"],
        "check": "child-of",
        "says": "The child's parent is the process that started it.",
    },
]


REMEMBERED = []


@replace(os, "getppid")
def getppid(original):
    if REMEMBERED:
        mark()
    else:
        REMEMBERED.append(original())
    return REMEMBERED[0]
