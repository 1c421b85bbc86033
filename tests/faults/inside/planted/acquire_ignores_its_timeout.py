"""acquire() of a lock waits as long as it takes, whatever its timeout says.

Documented (Lock.acquire): "When invoked with a positive, floating-point value for timeout, block for at most the number
of seconds specified by timeout".
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/locks",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "default",
        "says": "It ends by itself.",
    },
]


@when_imported("multiprocessing.synchronize")
def plant(synchronize):
    def make_methods(self):
        def acquire(block=True, timeout=None):
            if block and timeout is not None:
                mark()
            return self._semlock.acquire(block)

        self.acquire, self.release = acquire, self._semlock.release

    synchronize.Lock._make_methods = make_methods
