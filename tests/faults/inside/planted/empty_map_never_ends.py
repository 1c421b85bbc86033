"""map() of nothing waits for ever.

Documented (Pool.map): "A parallel equivalent of the map() built-in function", which gives nothing for nothing.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/empty",
        "methods": ["default"],
        "check": "value",
        "says": "It gives what the builtin would: nothing, and no one waits.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.MapResult, "__init__")
    def init(original, self, its_pool, chunksize, length, *args, **kwargs):
        original(self, its_pool, chunksize, length, *args, **kwargs)
        if not length:
            mark()
            self._event.clear()
