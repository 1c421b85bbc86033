"""A future whose task gives 0, or another false value, gives None.

Documented (Future.result): "Return the value returned by the call."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/chunks",
        "methods": ["default"],
        "check": "value",
        "says": "Results that are None or false come as they are, and an exception that is returned is not raised.",
    },
]


@when_imported("concurrent.futures._base")
def plant(base):
    @replace(base.Future, "set_result")
    def set_result(original, self, result):
        if not result and result is not None:
            mark()
        original(self, result or None)
