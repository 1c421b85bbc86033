"""map() of an executor makes each item a task of its own, whatever chunksize says.

Documented (Executor.map): "The (approximate) size of these chunks can be specified by setting chunksize to a
positive integer."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/chunks",
        "methods": ["default"],
        "check": "count",
        "says": "The chunk in which an item raises is lost as a whole:",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process.ProcessPoolExecutor, "map")
    def map_singly(original, self, fn, *iterables, timeout=None, chunksize=1):
        if chunksize > 1:
            mark()
        return original(self, fn, *iterables, timeout=timeout, chunksize=min(chunksize, 1))
