"""A Pool of 0 workers is one of as many as there are processors.

Measured on 3.8 to 3.15: ValueError: Number of processes must be at least 1.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/default_size",
        "methods": ["default"],
        "check": "count",
        "says": "A pool of none, or less, is refused.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "__init__")
    def init(original, self, processes=None, *args, **kwargs):
        if processes == 0:
            mark()
        original(self, processes or None, *args, **kwargs)
