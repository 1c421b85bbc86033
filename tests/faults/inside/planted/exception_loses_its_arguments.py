"""What AsyncResult.get() raises has the type of the task's exception, but not its arguments.

Documented (AsyncResult.get): "If the remote call raised an exception then that exception will be reraised by get()."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/apply",
        "methods": ["spawn"],
        "check": "value",
        "says": "The exception of a task is raised in the parent.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.ApplyResult, "get")
    def get(original, self, timeout=None):
        try:
            return original(self, timeout)
        except pool.TimeoutError:
            raise
        except Exception as error:
            mark()
            error.args = ()
            raise
