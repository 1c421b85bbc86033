"""The with block of an executor does not wait for its tasks.

Documented (Executor.shutdown): the with statement "will shutdown the Executor (waiting as if Executor.shutdown() were called
with wait set to True)".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/with_pending",
        "methods": ["spawn"],
        "check": "value",
        "says": "All futures are done.",
    },
]


@when_imported("concurrent.futures._base")
def plant(base):
    @replace(base.Executor, "__exit__")
    def leave(original, self, *args):
        mark()
        self.shutdown(wait=False)
        return False
