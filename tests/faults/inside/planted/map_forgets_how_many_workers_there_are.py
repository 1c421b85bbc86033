"""map() without a chunksize makes four chunks, however many workers there are.

Measured on 3.8 to 3.15: it makes four chunks a worker.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/chunksize",
        "methods": ["default"],
        "check": "count",
        "says": "For two workers map() cuts nine items into five chunks.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "_map_async")
    def map_async(original, self, func, iterable, mapper, chunksize=None, *args, **kwargs):
        if chunksize is None and len(self._pool) > 1:
            mark()
            iterable = list(iterable)
            chunksize = -(-len(iterable) // 4)
        return original(self, func, iterable, mapper, chunksize, *args, **kwargs)
