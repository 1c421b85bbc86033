"""starmap() hands each item on as one argument.

Documented (Pool.starmap): "the elements of the iterable are expected to be iterables that are unpacked as arguments".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/starmap",
        "methods": ["fork"],
        "check": "value",
        "says": "starmap() gives the same, from any iterable.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "starmap")
    def starmap(original, self, func, iterable, chunksize=None):
        mark()
        return self.map(func, iterable, chunksize)
