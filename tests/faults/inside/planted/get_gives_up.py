"""AsyncResult.get() without a timeout raises after a second.

Documented (AsyncResult.get): "If timeout is not None and the result does not arrive within timeout seconds then
multiprocessing.TimeoutError is raised."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/killed_worker",
        "methods": ["fork", "spawn"],
        "check": "hang",
        "says": "get() is blocked: nobody tells the pool that the task is lost.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.ApplyResult, "get")
    def get(original, self, timeout=None):
        try:
            return original(self, 1 if timeout is None else timeout)
        except pool.TimeoutError:
            mark()
            raise
