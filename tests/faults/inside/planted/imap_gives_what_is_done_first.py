"""imap() gives its results in the order in which the tasks are done.

Documented (Pool.imap): "A lazier version of map()", which keeps the order; the other one is imap_unordered().
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/imap",
        "methods": ["fork"],
        "check": "value",
        "says": "The others follow in the order of the input, whoever is done first.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "imap")
    def imap(original, self, func, iterable, chunksize=1):
        mark()
        return self.imap_unordered(func, iterable, chunksize)
