"""AsyncResult.get() returns what the task raised instead of raising it.

Documented (AsyncResult.get): "If the remote call raised an exception then that exception will be reraised by get()."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/task_raises",
        "methods": ["fork"],
        "check": "exit-status",
        "says": "The program ends by this exception.",
    },
    {
        "scenario": "pool/task_raises",
        "methods": ["spawn"],
        "check": "count",
        "says": "Nothing after get() runs.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.ApplyResult, "get")
    def get(original, self, timeout=None):
        try:
            return original(self, timeout)
        except Exception as error:
            mark()
            return error
