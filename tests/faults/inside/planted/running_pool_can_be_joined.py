"""Pool.join() closes a pool that is still running.

Documented (Pool.join): "One must call close() or terminate() before using join()."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/without_close",
        "methods": ["fork"],
        "check": "exception",
        "says": "join() refuses.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "join")
    def join(original, self):
        if self._state == "RUN":
            mark()
            self.close()
        original(self)
