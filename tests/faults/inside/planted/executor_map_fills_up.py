"""map() of an executor goes on to the end of its longest iterable.

Documented (Executor.map): "Similar to map(fn, *iterables)", which stops at the end of the shortest.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/map",
        "methods": ["default"],
        "check": "count",
        "says": "There are as many tasks as the shortest iterable has items.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    from itertools import zip_longest

    @replace(process.ProcessPoolExecutor, "map")
    def map_longest(original, self, fn, *iterables, **kwargs):
        rows = list(zip_longest(*iterables))
        if any(None in row for row in rows):
            mark()
        return original(self, fn, *zip(*rows), **kwargs)
