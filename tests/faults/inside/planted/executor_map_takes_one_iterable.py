"""map() of an executor hands the items of its first iterable on, and no others.

Documented (Executor.map): "Similar to map(fn, *iterables)".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/map",
        "methods": ["default"],
        "check": "value",
        "says": "The first result is that of the first task.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process.ProcessPoolExecutor, "map")
    def map_first(original, self, fn, *iterables, **kwargs):
        if len(iterables) > 1:
            mark()
        return original(self, fn, iterables[0], **kwargs)
