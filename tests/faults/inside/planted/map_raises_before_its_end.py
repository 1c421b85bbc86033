"""map() raises as soon as one chunk has failed.

Documented (Pool.map): "It blocks until the result is ready."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/map_raises",
        "methods": ["default"],
        "check": "happens-before",
        "says": "map() raises after all items are done.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.MapResult, "_set")
    def set_chunk(original, self, i, success_result):
        if not success_result[0] and self._number_left > 1:
            mark()
            self._number_left = 1
        original(self, i, success_result)
