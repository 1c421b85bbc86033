"""map() of an executor lets the rest of its tasks run when one has raised.

Measured on 3.8 to 3.15: what waits is cancelled.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/chunks",
        "methods": ["default"],
        "check": "count",
        "says": "What waits by then is cancelled, and never runs.",
    },
]


@when_imported("concurrent.futures._base")
def plant(base):
    @replace(base.Executor, "map")
    def map_on(original, self, fn, *iterables, timeout=None, **kwargs):
        mark()
        futures = [self.submit(fn, *args) for args in zip(*iterables)]
        return (future.result(timeout) for future in futures)
