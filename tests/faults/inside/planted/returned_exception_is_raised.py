"""An exception that a task returns is raised, as if the task had raised it.

Documented (AsyncResult.get): "Return the result when it arrives."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/values",
        "methods": ["default"],
        "check": "value",
        "says": "An exception that is returned is a result like any other: it is not raised.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.ApplyResult, "get")
    def get(original, self, timeout=None):
        value = original(self, timeout)
        if isinstance(value, Exception):
            mark()
            raise value
        return value
