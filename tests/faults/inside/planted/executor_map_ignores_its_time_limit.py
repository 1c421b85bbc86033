"""map() of an executor waits for its results, whatever its timeout says.

Documented (Executor.map): "The returned iterator raises a TimeoutError if __next__() is called and the result isn't
available after timeout seconds from the original call to Executor.map()."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/timeout",
        "methods": ["default"],
        "check": "count",
        "says": "result(), exception() and map() raise TimeoutError.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process.ProcessPoolExecutor, "map")
    def map_forever(original, self, fn, *iterables, timeout=None, **kwargs):
        if timeout is not None:
            mark()
        return original(self, fn, *iterables, **kwargs)
