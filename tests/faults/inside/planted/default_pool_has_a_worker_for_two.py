"""A Pool without a number has half as many workers as there are processors, rounded up.

Documented (Pool): "If processes is None then the number returned by os.process_cpu_count() is used."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/default_size",
        "methods": ["default"],
        "check": "value",
        "says": "There is one worker for each usable CPU, be it one or two.",
        "python": ">=3.13",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "__init__")
    def init(original, self, processes=None, *args, **kwargs):
        if processes is None:
            mark()
            processes = ((pool.os.cpu_count() or 1) + 1) // 2
        original(self, processes, *args, **kwargs)
