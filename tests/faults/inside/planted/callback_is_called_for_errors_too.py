"""The callback of apply_async() is called for an exception, too.

Documented (Pool.apply_async): "When the result becomes ready callback is applied to it, that is unless the call
failed, in which case the error_callback is applied instead."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/callbacks",
        "methods": ["default"],
        "check": "count",
        "says": "Each task that succeeds has its callback,",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.ApplyResult, "_set")
    def set_result(original, self, i, obj):
        success, value = obj
        if self._callback and not success:
            mark()
            self._callback(value)
        original(self, i, obj)
