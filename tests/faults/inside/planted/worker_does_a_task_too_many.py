"""A worker of a Pool ends one task later than maxtasksperchild says.

Documented (Pool): "maxtasksperchild is the number of tasks a worker process can complete before it will exit and be
replaced with a fresh worker process".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/initializer",
        "methods": ["spawn"],
        "check": "value",
        "says": "maxtasksperchild = 2: five tasks need three workers.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool, "worker")
    def worker(original, inqueue, outqueue, initializer=None, initargs=(), maxtasks=None, wrap_exception=False):
        if maxtasks is not None:
            mark()
            maxtasks += 1
        original(inqueue, outqueue, initializer, initargs, maxtasks, wrap_exception)
