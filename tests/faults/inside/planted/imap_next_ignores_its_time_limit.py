"""next(timeout) of imap() waits for the result, whatever its timeout says.

Documented (Pool.imap): "next(timeout) will raise multiprocessing.TimeoutError if the result cannot be returned within
timeout seconds."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/imap_unordered",
        "methods": ["spawn"],
        "check": "value",
        "says": "After that the result is not lost: it comes when its task is done.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.IMapIterator, "next")
    def next_result(original, self, timeout=None):
        if timeout is not None:
            mark()
        return original(self)
