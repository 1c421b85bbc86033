"""Before it forks, Process.start() leaves in the buffer of stdout what waits there.

Measured on 3.8 to 3.13: where there is fork, start() writes out what waits, lest the child writes it too.
"""

import os

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/article",
        "methods": ["fork"],
        "check": "text",
        "says": "The child prints between its parent's lines, because the parent waits for it in join().",
    },
    {
        "scenario": "process/join",
        "methods": ["fork"],
        "check": "lines",
        "says": "Four lines are printed.",
    },
]


@when_imported("multiprocessing.util")
def plant(util):
    root = os.getpid()

    @replace(util, "_flush_std_streams")
    def flush(original):
        if os.getpid() == root:
            mark()
        else:
            original()
