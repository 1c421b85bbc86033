"""imap() makes each item a task of its own, whatever chunksize says.

Documented (Pool.imap): "The chunksize argument is the same as the one used by the map() method."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/chunksize",
        "methods": ["default"],
        "check": "count",
        "says": "By chunksize = 2 it cuts three items into two chunks,",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "imap")
    def imap(original, self, func, iterable, chunksize=1):
        if chunksize > 1:
            mark()
        return original(self, func, iterable, 1)
