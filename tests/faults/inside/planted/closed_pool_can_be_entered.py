"""A closed Pool can be entered by a with block.

Measured on 3.8 to 3.15: ValueError: Pool not running.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/life",
        "methods": ["default"],
        "check": "value",
        "says": "A closed pool takes no task, and cannot be entered by with.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "__enter__")
    def enter(original, self):
        if self._state != pool.RUN:
            mark()
        return self
