"""The callback of apply_async() is not called for a result that is false or None.

Documented (Pool.apply_async): "When the result becomes ready callback is applied to it".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/values",
        "methods": ["default"],
        "check": "value",
        "says": "The callback is called with each of them.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.ApplyResult, "_set")
    def set_result(original, self, i, obj):
        if obj[0] and not obj[1] and self._callback:
            mark()
            self._callback = None
        original(self, i, obj)
