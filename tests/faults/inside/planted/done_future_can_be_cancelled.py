"""Future.cancel() is true for a future that is done.

Documented (Future.cancel): "If the call is currently being executed or finished running and cannot be cancelled then the
method will return False".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/states",
        "methods": ["default"],
        "check": "value",
        "says": "A task that raised is done as well.",
    },
]


@when_imported("concurrent.futures._base")
def plant(base):
    @replace(base.Future, "cancel")
    def cancel(original, self):
        if self.done():
            mark()
            return True
        return original(self)
