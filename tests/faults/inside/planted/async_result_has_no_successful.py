"""AsyncResult has no successful().

Documented (multiprocessing.pool.AsyncResult.successful).
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "surface/async_result",
        "methods": ["none"],
        "check": "value",
        "says": "The signature is ApplyResult.successful(self).",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    del pool.ApplyResult.successful
    mark()
