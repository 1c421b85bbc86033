"""An RLock can be released by any process.

Documented (RLock.release): "If this method is called by a process or thread other than the owner, ... an AssertionError
is raised."
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/locks",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "Who does not own an RLock cannot release it: AssertionError, and nothing happens.",
    },
]


@when_imported("multiprocessing.synchronize")
def plant(synchronize):
    def make_methods(self):
        def release():
            try:
                self._semlock.release()
            except AssertionError:
                mark()

        self.acquire, self.release = self._semlock.acquire, release

    synchronize.RLock._make_methods = make_methods
