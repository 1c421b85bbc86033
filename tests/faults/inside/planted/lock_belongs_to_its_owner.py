"""A Lock can be released by its owner only.

Documented (Lock.release): "This can be called from any process or thread, not only the process or thread which
originally acquired the lock."
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/locks",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "Any process may release a Lock; one that is free is refused by ValueError.",
    },
]


@when_imported("multiprocessing.synchronize")
def plant(synchronize):
    def release(self):
        if self._semlock._count() < 1:
            mark()
            raise AssertionError("attempt to release a lock that another process owns")
        self._semlock.release()

    def make_methods(self):
        self.acquire = self._semlock.acquire
        self.release = lambda: release(self)

    synchronize.Lock._make_methods = make_methods
