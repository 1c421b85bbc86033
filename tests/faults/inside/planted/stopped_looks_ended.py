"""os.WIFSTOPPED() denies that a child was stopped.

Documented (os.WIFSTOPPED): "Return True if the process was stopped by delivery of a signal".
"""

import os

from mpref_planting import mark, replace

CAUGHT_BY = [
    {
        "scenario": "fork/stopped",
        "methods": ["none"],
        "check": "value",
        "says": "WIFSTOPPED() says so, and nothing else does.",
    },
]


@replace(os, "WIFSTOPPED")
def wifstopped(original, status):
    mark()
    return False
