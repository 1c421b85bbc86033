"""os.WSTOPSIG() names the signal next to the one that stopped the child.

Documented (os.WSTOPSIG): "Return the signal which caused the process to stop."
"""

import os

from mpref_planting import mark, replace

CAUGHT_BY = [
    {
        "scenario": "fork/stopped",
        "methods": ["none"],
        "check": "value",
        "says": "WSTOPSIG() is the signal that stopped it.",
    },
]


@replace(os, "WSTOPSIG")
def wstopsig(original, status):
    mark()
    return original(status) + 1
