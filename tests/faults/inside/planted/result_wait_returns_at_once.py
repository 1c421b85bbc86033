"""AsyncResult.wait() returns at once.

Documented (AsyncResult.wait): "Wait until the result is available or until timeout seconds pass."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/apply_async",
        "methods": ["spawn"],
        "check": "value",
        "says": "Then it is ready,",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.ApplyResult, "wait")
    def wait(original, self, timeout=None):
        mark()
        original(self, 0)

    @replace(pool.ApplyResult, "get")
    def get(original, self, timeout=None):
        self._event.wait(timeout)
        return original(self, timeout)
