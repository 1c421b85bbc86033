"""A future that is cancelled does not call its callbacks.

Documented (Future.add_done_callback): "fn will be called, with the future as its only argument, when the future is
cancelled or finishes running."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/cancel",
        "methods": ["default"],
        "check": "value",
        "says": "After shutdown() every future is done, by a result or by being cancelled.",
    },
]


@when_imported("concurrent.futures._base")
def plant(base):
    @replace(base.Future, "_invoke_callbacks")
    def invoke(original, self):
        if self.cancelled():
            mark()
        else:
            original(self)
