"""Every second worker of a Pool pauses for 5 milliseconds before it looks for a task.

Nobody has promised which of the idle workers takes a task.
"""

import os
import time

from mpref_planting import mark, replace, when_imported

UNSEEN_IN = [
    {
        "scenario": "pool/short_tasks",
        "methods": ["fork", "spawn"],
    },
    {
        "scenario": "pool/fresh_workers",
        "methods": ["fork", "spawn", "forkserver"],
    },
    {
        "scenario": "pool/imap_unordered",
        "methods": ["fork"],
    },
    {
        "scenario": "pool/initializer",
        "methods": ["fork", "spawn"],
    },
    {
        "scenario": "pool/values",
        "methods": ["default"],
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool, "worker")
    def worker(original, inqueue, *args, **kwargs):
        get = inqueue.get

        def get_at_leisure():
            if os.getpid() % 2:
                time.sleep(0.005)
            mark()
            return get()

        inqueue.get = get_at_leisure
        original(inqueue, *args, **kwargs)
