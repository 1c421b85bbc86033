"""os.fork() makes two children instead of one.

Documented (os.fork): "Fork a child process."
"""

import os

from mpref_planting import mark, replace

CAUGHT_BY = [
    {
        "scenario": "fork/recorded",
        "methods": ["none"],
        "check": "count",
        "says": "One child runs.",
    },
]


@replace(os, "fork")
def fork(original):
    mark()
    pid = original()
    if pid == 0:
        return 0
    second = original()
    return pid if second else 0
