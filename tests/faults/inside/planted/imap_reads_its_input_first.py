"""imap() reads all of its input before it returns.

Documented (Pool.imap): "A lazier version of map()."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/imap",
        "methods": ["spawn"],
        "check": "value",
        "says": "It is not the main thread that reads it.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "imap")
    def imap(original, self, func, iterable, chunksize=1):
        mark()
        return original(self, func, list(iterable), chunksize)
