"""The callbacks of a future run in the reverse order.

Documented (Future.add_done_callback): "Added callables are called in the order that they were added".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/callback_raises",
        "methods": ["default"],
        "check": "happens-before",
        "says": "after it: they run in the order in which they were added.",
    },
]


@when_imported("concurrent.futures._base")
def plant(base):
    @replace(base.Future, "_invoke_callbacks")
    def invoke(original, self):
        if len(self._done_callbacks) > 1:
            mark()
        self._done_callbacks.reverse()
        original(self)
