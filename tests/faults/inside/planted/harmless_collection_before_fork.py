"""os.fork() collects garbage first.

Nobody has promised when garbage is collected.
"""

import os

from mpref_planting import mark, replace

UNSEEN_IN = [
    {
        "scenario": "fork/recorded",
        "methods": ["none"],
    },
    {
        "scenario": "fork/exit_status",
        "methods": ["none"],
    },
    {
        "scenario": "fork/article",
        "methods": ["none"],
    },
    {
        "scenario": "process/join",
        "methods": ["fork", "forkserver"],
    },
]


@replace(os, "fork")
def fork(original):
    import gc

    gc.collect()
    mark()
    return original()
