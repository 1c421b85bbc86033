"""os.WEXITSTATUS() reads the byte of the status that holds the signal.

Documented (os.WEXITSTATUS): "Return the process exit status".
"""

import os

from mpref_planting import mark, replace

CAUGHT_BY = [
    {
        "scenario": "fork/exit_status",
        "methods": ["none"],
        "check": "value",
        "says": "sys.exit(7) in the child is exit status 7.",
    },
]


@replace(os, "WEXITSTATUS")
def wexitstatus(original, status):
    mark()
    return status & 0x7F
