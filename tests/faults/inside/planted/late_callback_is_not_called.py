"""A callback that is added to a future which is done is not called.

Documented (Future.add_done_callback): "If the future has already completed or been cancelled, fn will be called immediately."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/callback_raises",
        "methods": ["default"],
        "check": "value",
        "says": "A callback for what is done already is called at once, in the thread that adds it.",
    },
]


@when_imported("concurrent.futures._base")
def plant(base):
    @replace(base.Future, "add_done_callback")
    def add(original, self, fn):
        if self.done():
            mark()
        else:
            original(self, fn)
