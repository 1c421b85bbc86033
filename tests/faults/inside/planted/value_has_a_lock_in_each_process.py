"""The lock of a Value is another in each process.

Documented (multiprocessing.Value): "If lock is True (the default) then a new recursive lock object is created to
synchronize access to the value": from all processes.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/shared",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "While the parent holds their locks, no child gets them.",
    },
]


@when_imported("multiprocessing.sharedctypes")
def plant(sharedctypes):
    import os
    import threading

    locks = {}

    @replace(sharedctypes.SynchronizedBase, "get_lock")
    def get_lock(original, self):
        mark()
        return locks.setdefault((os.getpid(), id(self)), threading.RLock())
