"""starmap() makes each item a task of its own, whatever chunksize says.

Documented (Pool.starmap): "Like map() except that the elements of the iterable are expected to be iterables".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/chunksize",
        "methods": ["default"],
        "check": "count",
        "says": "So does starmap().",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "starmap")
    def starmap(original, self, func, iterable, chunksize=None):
        if chunksize:
            mark()
        return original(self, func, iterable, 1)
