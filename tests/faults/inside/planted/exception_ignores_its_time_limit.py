"""Future.exception() waits for the task, whatever its timeout says.

Documented (Future.exception): "If the call hasn't completed in timeout seconds, then a TimeoutError will be raised."
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


@when_imported("concurrent.futures._base")
def plant(base):
    @replace(base.Future, "exception")
    def exception(original, self, timeout=None):
        if timeout is not None:
            mark()
        return original(self)
