"""Pool.join() does not wait for the workers.

Documented (Pool.join): "Wait for the worker processes to exit."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/seven_tasks",
        "methods": ["fork"],
        "check": "happens-before",
        "says": "join() waits until all tasks have ended.",
    },
    {
        "scenario": "pool/article",
        "methods": ["fork"],
        "check": "lines",
        "says": "Seven tasks end.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "join")
    def join(original, self):
        mark()
