"""A Pool starts half of the workers that it was asked for.

Documented (multiprocessing.pool.Pool): "processes is the number of worker processes to use."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/seven_tasks",
        "methods": ["fork"],
        "check": "speed-up",
        "says": "An idle worker takes the next task at once: the pool is as fast as a list schedule on four workers.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "__init__")
    def init(original, self, processes=None, *args, **kwargs):
        if processes and processes > 1:
            mark()
            processes //= 2
        original(self, processes, *args, **kwargs)
