"""A worker of a Pool ends after one task, and another takes its place.

Documented (multiprocessing.pool.Pool): "worker processes will live as long as the pool" where maxtasksperchild is
None.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/same_worker",
        "methods": ["fork", "spawn"],
        "check": "same-pid",
        "says": "All five tasks run in the one worker, and their results say so.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "__init__")
    def init(original, self, processes=None, initializer=None, initargs=(), maxtasksperchild=None, context=None):
        mark()
        original(self, processes, initializer, initargs, 1, context)
