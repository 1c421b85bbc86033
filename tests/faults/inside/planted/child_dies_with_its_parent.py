"""A forked child is killed when its parent ends.

Documented nowhere, because it is POSIX: a child outlives its parent, and another process adopts it.
"""

import os

from mpref_planting import mark, replace

CAUGHT_BY = [
    {
        "scenario": "fork/orphan",
        "methods": ["none"],
        "check": "leftovers",
        "says": "After the grace period the child is still there, for nobody ends it.",
    },
]


PR_SET_PDEATHSIG = 1


@replace(os, "fork")
def fork(original):
    pid = original()
    if pid == 0:
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, 9)
        mark()
    return pid
