"""A Pool loses the result of one task in four.

Documented (AsyncResult.get): "Return the result when it arrives."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/short_tasks",
        "methods": ["fork", "spawn"],
        "check": "default",
        "says": "It ends by itself.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.ApplyResult, "_set")
    def set_result(original, self, i, obj):
        if self._job % 4 == 3:
            mark()
        else:
            original(self, i, obj)
