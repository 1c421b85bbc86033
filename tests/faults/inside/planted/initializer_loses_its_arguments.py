"""The initializer of a Pool gets its first argument only.

Documented (Pool): "If initializer is not None then each worker process will call initializer(*initargs) when it starts."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/initializer",
        "methods": ["spawn"],
        "check": "value",
        "says": "It gets its arguments.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "__init__")
    def init(original, self, processes=None, initializer=None, initargs=(), *args, **kwargs):
        if len(initargs) > 1:
            mark()
        original(self, processes, initializer, tuple(initargs)[:1], *args, **kwargs)
