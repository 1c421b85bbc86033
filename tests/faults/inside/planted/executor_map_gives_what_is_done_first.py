"""map() of an executor gives its results in the order in which the tasks are done.

Documented (Executor.map): "Similar to map(fn, *iterables)", which keeps the order.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/map",
        "methods": ["default"],
        "check": "value",
        "says": "The others follow in the order of the input, each of one argument from every iterable.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process.ProcessPoolExecutor, "map")
    def map_done(original, self, fn, *iterables, timeout=None, chunksize=1, **kwargs):
        if chunksize > 1 or kwargs:
            return original(self, fn, *iterables, timeout=timeout, chunksize=chunksize, **kwargs)
        mark()
        futures = [self.submit(fn, *args) for args in zip(*iterables)]
        return (future.result() for future in process._base.as_completed(futures, timeout))
