"""Pool.apply_async() returns when its task is done.

Documented (Pool.apply_async): "A variant of the apply() method which returns an AsyncResult object"; apply() is the
one that blocks.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/seven_tasks",
        "methods": ["fork"],
        "check": "happens-before",
        "says": "apply_async() does not wait: all tasks are given before any has ended.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "apply_async")
    def apply_async(original, self, *args, **kwargs):
        result = original(self, *args, **kwargs)
        mark()
        result.wait()
        return result
