"""AsyncResult.get() raises what the task raised only once; after that it gives None.

Documented (AsyncResult.get): "If the remote call raised an exception then that exception will be reraised by get()."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/values",
        "methods": ["default"],
        "check": "count",
        "says": "An exception that is raised comes out of get() as often as it is asked.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.ApplyResult, "get")
    def get(original, self, timeout=None):
        if vars(self).pop("was_raised", False):
            mark()
            return None
        try:
            return original(self, timeout)
        except Exception:
            self.was_raised = self.ready()
            raise
