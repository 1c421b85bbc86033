"""AsyncResult.successful() is false for a task that is not done.

Documented (AsyncResult.successful): "Will raise ValueError if the result is not ready."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/apply_async",
        "methods": ["fork"],
        "check": "value",
        "says": "Before the end successful() raises ValueError.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.ApplyResult, "successful")
    def successful(original, self):
        if not self.ready():
            mark()
            return False
        return original(self)
