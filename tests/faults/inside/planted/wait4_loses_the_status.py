"""os.wait4() says of every child that it ended well.

Documented (os.wait4): "Similar to waitpid(), except a 3-element tuple, containing the child's process id, exit status
indication, and resource usage information is returned."
"""

import os

from mpref_planting import mark, replace

CAUGHT_BY = [
    {
        "scenario": "fork/wait_functions",
        "methods": ["none"],
        "check": "value",
        "says": "The high byte of the status is the exit status.",
    },
]


@replace(os, "wait4")
def wait4(original, pid, options):
    found, _, usage = original(pid, options)
    mark()
    return found, 0, usage
