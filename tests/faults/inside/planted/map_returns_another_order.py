"""Pool.map() returns the results in the reverse order.

Documented (Pool.map): "A parallel equivalent of the map() built-in function".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/fresh_workers",
        "methods": ["fork", "spawn"],
        "check": "same-pid",
        "says": "Result 0 is that of task 0: map() keeps the order.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.MapResult, "_set")
    def set_result(original, self, i, success_result):
        mark()
        original(self, len(self._value) - 1 - i, success_result)
