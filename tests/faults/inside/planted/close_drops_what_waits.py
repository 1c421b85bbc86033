"""Pool.close() throws the tasks away that are pending.

Documented (Pool.close): "Once all the tasks have been completed the worker processes will exit."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/article",
        "methods": ["fork"],
        "check": "lines",
        "says": "Seven tasks end.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "close")
    def close(original, self):
        if self._cache:
            mark()
        self.terminate()
