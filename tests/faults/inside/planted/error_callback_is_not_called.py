"""The error callback of apply_async() is not called.

Documented (Pool.apply_async): "If the target function fails, then the error_callback is called with the exception
instance."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/callbacks",
        "methods": ["default"],
        "check": "value",
        "says": "The error callback gets the exception that the task raised,",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.ApplyResult, "__init__")
    def init(original, self, pool, callback, error_callback):
        if error_callback:
            mark()
        original(self, pool, callback, None)
