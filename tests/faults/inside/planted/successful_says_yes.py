"""AsyncResult.successful() is true for a task that raised.

Documented (AsyncResult.successful): "Return whether the call completed without raising an exception."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/task_raises",
        "methods": ["fork"],
        "check": "value",
        "says": "The parent can ask whether the task raised without the exception coming out.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.ApplyResult, "successful")
    def successful(original, self):
        if not original(self):
            mark()
        return True
