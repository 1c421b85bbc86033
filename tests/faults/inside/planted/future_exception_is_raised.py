"""Future.exception() raises what the task raised.

Documented (Future.exception): "Return the exception raised by the call."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/states",
        "methods": ["default"],
        "check": "value",
        "says": "That of one that raised is what it raised.",
    },
]


@when_imported("concurrent.futures._base")
def plant(base):
    @replace(base.Future, "exception")
    def exception(original, self, timeout=None):
        found = original(self, timeout)
        if found is not None:
            mark()
            raise found
        return found
