"""The callback of map_async() is called with the results of each chunk.

Documented (Pool.map_async): the callback is called "when the result becomes ready", and takes a single argument.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/map_async",
        "methods": ["spawn"],
        "check": "value",
        "says": "It gets the whole list, in the order of the input.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.MapResult, "_set")
    def set_chunk(original, self, i, success_result):
        success, result = success_result
        if success and self._callback and self._number_left > 1:
            mark()
            self._callback(result)
        original(self, i, success_result)
