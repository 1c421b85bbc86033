"""AsyncResult.ready() is true before the task is done.

Documented (AsyncResult.ready): "Return whether the call has completed."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/apply_async",
        "methods": ["spawn"],
        "check": "value",
        "says": "Before the end it is not ready.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.ApplyResult, "ready")
    def ready(original, self):
        if not original(self):
            mark()
        return True
