"""A broken executor refuses a task by a RuntimeError that is no BrokenProcessPool.

Documented (ProcessPoolExecutor): "all currently pending jobs will raise a BrokenProcessPool, as well as any attempt to
submit more jobs to the pool."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/initializer_raises",
        "methods": ["default"],
        "check": "count",
        "says": "Nothing can be submitted any more.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process.ProcessPoolExecutor, "submit")
    def submit(original, self, fn, *args, **kwargs):
        try:
            return original(self, fn, *args, **kwargs)
        except process.BrokenProcessPool as error:
            mark()
            raise RuntimeError(str(error)) from None
