"""Pool.map() and map_async() return the results in the order in which the chunks are done.

Documented (Pool.map): "A parallel equivalent of the map() built-in function".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/map",
        "methods": ["spawn", "fork", "forkserver"],
        "check": "value",
        "says": "All the same its result comes first: the order is that of the input.",
    },
    {
        "scenario": "pool/map_async",
        "methods": ["spawn", "fork", "forkserver"],
        "check": "value",
        "says": "get() gives the whole list, in the order of the input.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.MapResult, "_set")
    def set_result(original, self, i, success_result):
        mark()
        done = self.__dict__.get("_done_first", 0)
        self._done_first = done + 1
        original(self, done, success_result)
