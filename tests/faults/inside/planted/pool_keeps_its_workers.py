"""maxtasksperchild has no effect.

Documented (multiprocessing.pool.Pool): "maxtasksperchild is the number of tasks a worker process can complete before
it will exit".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/fresh_workers",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "distinct-pids",
        "says": "Five tasks run in five workers, none of them in the process that made the pool.",
    },
    {
        "scenario": "pool/fresh_workers",
        "methods": ["fork"],
        "check": "count",
        "says": "There are five results, from five workers.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "__init__")
    def init(original, self, processes=None, initializer=None, initargs=(), maxtasksperchild=None, context=None):
        if maxtasksperchild:
            mark()
        original(self, processes, initializer, initargs, None, context)
