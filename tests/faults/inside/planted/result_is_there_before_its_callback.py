"""get() returns before the callback has run.

Measured on 3.8 to 3.15: a result is ready when its callback has returned.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/callbacks",
        "methods": ["default"],
        "check": "happens-before",
        "says": "A callback has run before get() returns.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.ApplyResult, "_set")
    def set_result(original, self, i, obj):
        callback, self._callback = self._callback, None
        original(self, i, obj)
        if callback and obj[0]:
            mark()
            callback(obj[1])
