"""The error callback of map_async() is called for each chunk that fails.

Documented (Pool.map_async): "If the target function fails, then the error_callback is called with the exception
instance"; as the callback, once.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/callbacks",
        "methods": ["default"],
        "check": "count",
        "says": "Each that fails has its error callback; of map_async() there is one for all.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.MapResult, "_set")
    def set_chunk(original, self, i, success_result):
        callback, self._error_callback = self._error_callback, None
        if callback and not success_result[0]:
            mark()
            callback(success_result[1])
        original(self, i, success_result)
        self._error_callback = callback
