"""A Pool that is forgotten lives on, with its workers.

Documented (Pool.terminate): "When the pool object is garbage collected terminate() will be called immediately."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/collected_idle",
        "methods": ["fork"],
        "check": "count",
        "says": "Collecting the pool gives one warning.",
    },
]


POOLS = []


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "__init__")
    def init(original, self, *args, **kwargs):
        mark()
        POOLS.append(self)
        original(self, *args, **kwargs)
