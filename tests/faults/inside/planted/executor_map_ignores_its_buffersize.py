"""map() of an executor reads all of its input at once, whatever buffersize says.

Documented (Executor.map, 3.14): "The size of the buffer is limited by buffersize [...] the iteration over the iterables
pauses until a result is yielded from the buffer."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/buffersize",
        "methods": ["default"],
        "check": "value",
        "says": "With buffersize = 2 it reads two items at first, and one more for each result that is taken.",
        "python": ">=3.14",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process.ProcessPoolExecutor, "map")
    def map_all(original, self, fn, *iterables, buffersize=None, **kwargs):
        if buffersize is not None:
            mark()
        return original(self, fn, *iterables, **kwargs)
