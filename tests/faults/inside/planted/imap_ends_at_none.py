"""imap() ends where a task returns None.

Documented (Pool.imap): "A lazier version of map()", which gives all results.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/values",
        "methods": ["default"],
        "check": "value",
        "says": "and so does imap(): None is not its end.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.IMapIterator, "next")
    def next_result(original, self, timeout=None):
        value = original(self, timeout)
        if value is None:
            mark()
            raise StopIteration
        return value

    pool.IMapIterator.__next__ = pool.IMapIterator.next
