"""sys.exit() in a forked child returns, and the child runs on into its parent's part.

Documented (sys.exit): "Raise a SystemExit exception, signaling an intention to exit the interpreter."
"""

import os
import sys

from mpref_planting import mark, replace

CAUGHT_BY = [
    {
        "scenario": "fork/exit_status",
        "methods": ["none"],
        "check": "value",
        "says": "sys.exit(7) in the child is exit status 7.",
    },
]


ROOT = os.getpid()


@replace(sys, "exit")
def leave(original, *args):
    if os.getpid() == ROOT:
        original(*args)
    mark()
