"""imap_unordered() gives its results in the order of its input.

Documented (Pool.imap_unordered): "the ordering of the results from the returned iterator should be considered
arbitrary"; a result that is done is not kept back for one that is not.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/imap_unordered",
        "methods": ["fork"],
        "check": "value",
        "says": "Those that are done come first, though the first item is not among them.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "imap_unordered")
    def imap_unordered(original, self, func, iterable, chunksize=1):
        mark()
        return self.imap(func, iterable, chunksize)
