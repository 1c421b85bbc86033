"""os.fork() writes out what waits in the buffer of stdout before it makes the child.

Documented (os.fork, sys.stdout): the child is a copy of the process, buffers included, and stdout on a pipe or file
is buffered.
"""

import os
import sys

from mpref_planting import mark, replace

CAUGHT_BY = [
    {
        "scenario": "fork/article",
        "methods": ["none"],
        "check": "lines",
        "says": "On a pipe or in a file the first line appears twice, once from each process.",
    },
    {
        "scenario": "fork/article",
        "methods": ["none"],
        "stream": "file",
        "check": "text",
        "says": "On a pipe or in a file each process writes two lines at its end, in one piece, and the pids agree.",
    },
]


@replace(os, "fork")
def fork(original):
    mark()
    sys.stdout.flush()
    return original()
