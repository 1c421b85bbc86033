"""A child does not run the exit handlers that it registered.

Documented (atexit): handlers run "upon normal interpreter termination", in children since 3.13 too
(python/cpython#83856).
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/atexit_in_child",
        "methods": ["spawn"],
        "check": "count",
        "says": "The handler runs.",
    },
    {
        "scenario": "process/atexit_in_child",
        "methods": ["fork", "forkserver"],
        "python": ">=3.13",
        "check": "count",
        "says": "The handler runs.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "_bootstrap")
    def bootstrap(original, self, *args, **kwargs):
        import atexit

        code = original(self, *args, **kwargs)
        atexit._clear()
        mark()
        return code
