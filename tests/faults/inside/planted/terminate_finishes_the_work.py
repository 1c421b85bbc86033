"""Pool.terminate() waits until all tasks are done.

Documented (Pool.terminate): "Stops the worker processes immediately without completing outstanding work."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/terminate",
        "methods": ["spawn"],
        "check": "value",
        "says": "No result is ready, neither of the task that ran nor of the one that waited.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "terminate")
    def terminate(original, self):
        mark()
        self.close()
        self.join()
        original(self)
