"""map() of an executor returns when all its tasks are done.

Documented (Executor.map): "fn is executed asynchronously and several calls to fn may be made concurrently".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/map",
        "methods": ["default"],
        "check": "value",
        "says": "map() gives an iterator, not a list.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process.ProcessPoolExecutor, "map")
    def map_all(original, self, *args, **kwargs):
        mark()
        return iter(list(original(self, *args, **kwargs)))
