"""A BoundedSemaphore may be released more often than it was acquired.

Documented (multiprocessing.BoundedSemaphore): "a close analog of threading.BoundedSemaphore", which raises ValueError.
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/locks",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "A BoundedSemaphore counts like a Semaphore, and one release() too many is a ValueError.",
    },
]


@when_imported("multiprocessing.synchronize")
def plant(synchronize):
    def init(self, value=1, *, ctx):
        mark()
        synchronize.SemLock.__init__(self, synchronize.SEMAPHORE, value, synchronize.SEM_VALUE_MAX, ctx=ctx)

    synchronize.BoundedSemaphore.__init__ = init
