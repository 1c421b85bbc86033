"""The owner of an RLock cannot acquire it a second time.

Documented (RLock): "Once a process or thread has acquired a recursive lock, the same process or thread may acquire it
again without blocking".
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/locks",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "The owner of an RLock gets it again and again, others only when it was released as often.",
    },
]


@when_imported("multiprocessing.synchronize")
def plant(synchronize):
    def make_methods(self):
        def acquire(block=True, timeout=None):
            if self._semlock._is_mine():
                mark()
                return False
            return self._semlock.acquire(block, timeout)

        self.acquire, self.release = acquire, self._semlock.release

    synchronize.RLock._make_methods = make_methods
