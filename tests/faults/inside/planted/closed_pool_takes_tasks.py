"""A closed Pool takes more tasks.

Documented (Pool.close): "Prevents any more tasks from being submitted to the pool."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/life",
        "methods": ["default"],
        "check": "count",
        "says": "Every order comes to its end.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "_check_running")
    def check_running(original, self):
        if self._state != pool.RUN:
            mark()
