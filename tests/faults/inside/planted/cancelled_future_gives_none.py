"""Future.result() gives None for a future that was cancelled.

Documented (Future.result): "If the future is cancelled before completing then CancelledError will be raised."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/states",
        "methods": ["default"],
        "check": "count",
        "says": "result() and exception() of one that is cancelled raise CancelledError.",
    },
]


@when_imported("concurrent.futures._base")
def plant(base):
    @replace(base.Future, "result")
    def result(original, self, timeout=None):
        try:
            return original(self, timeout)
        except base.CancelledError:
            mark()
