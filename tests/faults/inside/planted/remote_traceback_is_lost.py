"""What get() raises does not show the worker's own traceback.

Measured on 3.8 to 3.13: the worker's traceback is shown as the cause (python/cpython#57822).
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/task_raises",
        "methods": ["fork", "spawn"],
        "check": "exception",
        "says": "The worker's own traceback is shown as its cause.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool, "rebuild_exc")
    def rebuild_exc(original, exc, tb):
        mark()
        return exc
