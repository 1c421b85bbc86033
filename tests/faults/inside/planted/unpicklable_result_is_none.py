"""A result that cannot be pickled is None to get().

Measured on 3.8 to 3.15: get() raises MaybeEncodingError.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/unpicklable",
        "methods": ["default"],
        "check": "value",
        "says": "The result fails in get(), by MaybeEncodingError,",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool, "MaybeEncodingError")
    def error(original, exception, value):
        mark()

    @replace(pool.ApplyResult, "_set")
    def set_result(original, self, i, obj):
        original(self, i, (True, None) if obj == (False, None) else obj)
