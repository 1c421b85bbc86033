"""Future.result() gives None when its time is over.

Documented (Future.result): "If the call hasn't completed in timeout seconds, then a TimeoutError will be raised."
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
    @replace(base.Future, "result")
    def result(original, self, timeout=None):
        try:
            return original(self, timeout)
        except base.TimeoutError:
            if self.done():
                raise
            mark()
            return None
