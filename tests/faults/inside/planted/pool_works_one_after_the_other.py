"""The workers of a Pool work one after the other, never at once.

Documented (multiprocessing): "the multiprocessing module allows the programmer to fully leverage multiple processors on a
given machine".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/cpu_bound",
        "methods": ["default"],
        "check": "gain",
        "says": "Two workers gain what the cores allow, or nearly.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "map")
    def in_turn(original, self, func, iterable, chunksize=None):
        mark()
        return [self.apply(func, (item,)) for item in iterable]
