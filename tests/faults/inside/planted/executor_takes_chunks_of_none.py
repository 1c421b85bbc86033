"""map() of an executor takes a chunksize of 0 for 1.

Measured on 3.8 to 3.15: ValueError: chunksize must be >= 1.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/chunks",
        "methods": ["default"],
        "check": "value",
        "says": "A chunksize of 0 is refused.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process.ProcessPoolExecutor, "map")
    def map_chunks(original, self, fn, *iterables, chunksize=1, **kwargs):
        if chunksize < 1:
            mark()
        return original(self, fn, *iterables, chunksize=max(chunksize, 1), **kwargs)
