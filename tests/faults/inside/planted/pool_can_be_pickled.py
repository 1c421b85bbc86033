"""A Pool can be pickled: a task that gets one has an empty thing in its hands.

Documented (multiprocessing.pool.Pool): "the methods of the pool object should only be called by the process
which created the pool".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/refused",
        "methods": ["default"],
        "check": "value",
        "says": "A pool cannot be sent to a worker, nor pickled.",
    },
]


def nothing():
    return None


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "__reduce__")
    def reduce(original, self):
        mark()
        return nothing, ()
