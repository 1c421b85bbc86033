"""AsyncResult.get() raises a RuntimeError whatever the task raised.

Documented (AsyncResult.get): "If the remote call raised an exception then that exception will be reraised by get()."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/task_raises",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "exception",
        "says": "get() raises what the task raised.",
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
            raise RuntimeError(str(error)) from None
