"""Pool.apply_async() hands its task out twice.

Documented (Pool.apply): "func is only executed in one of the workers of the pool"; once.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/short_tasks",
        "methods": ["fork", "spawn"],
        "check": "count",
        "says": "Each of the seven tasks runs once.",
    },
    {
        "scenario": "pool/article",
        "methods": ["fork"],
        "check": "lines",
        "says": "Seven tasks begin.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "apply_async")
    def apply_async(original, self, *args, **kwargs):
        mark()
        original(self, *args, **kwargs)
        return original(self, *args, **kwargs)
