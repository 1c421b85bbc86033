"""AsyncResult.get() gives None when its time is over.

Documented (AsyncResult.get): "If timeout is not None and the result does not arrive within timeout seconds then
multiprocessing.TimeoutError is raised."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/apply_async",
        "methods": ["spawn"],
        "check": "value",
        "says": "What it raises is multiprocessing's own TimeoutError, which is no kind of the builtin one.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.ApplyResult, "get")
    def get(original, self, timeout=None):
        self.wait(timeout)
        if not self.ready():
            mark()
            return None
        return original(self, timeout)
