"""A Pool starts one worker more than it was asked for.

Documented (multiprocessing.pool.Pool): "processes is the number of worker processes to use."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/seven_tasks",
        "methods": ["fork"],
        "check": "count",
        "says": "Never more than the four workers that were asked for are at work.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "__init__")
    def init(original, self, processes=None, *args, **kwargs):
        mark()
        original(self, processes + 1 if processes else None, *args, **kwargs)
