"""After close() the workers are terminated when their tasks are done; they do not end by themselves.

Documented (Pool.close): "Once all the tasks have been completed the worker processes will exit."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/processes",
        "methods": ["fork"],
        "check": "value",
        "says": "After close() they have ended by themselves, not by a signal.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "join")
    def join(original, self):
        original(self)
        for worker in self._pool:
            if worker.exitcode == 0:
                mark()
                worker._popen.returncode = -15
