"""imap_unordered() makes each item a task of its own, whatever chunksize says.

Documented (Pool.imap_unordered): "The same as imap() except that the ordering of the results [...] is arbitrary."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/chunksize",
        "methods": ["default"],
        "check": "count",
        "says": "and so does imap_unordered().",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "imap_unordered")
    def imap_unordered(original, self, func, iterable, chunksize=1):
        if chunksize > 1:
            mark()
        return original(self, func, iterable, 1)
