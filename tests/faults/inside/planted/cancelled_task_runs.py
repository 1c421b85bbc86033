"""A task of an executor runs, though its future was cancelled.

Documented (Future.cancel): "Attempt to cancel the call. [...] otherwise the call will be cancelled and the method will
return True."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/states",
        "methods": ["default"],
        "check": "count",
        "says": "It is that one which does not run.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process._WorkItem, "__init__")
    def init(original, self, future, *args):
        original(self, future, *args)
        notify = future.set_running_or_notify_cancel

        def run_anyway():
            if not notify():
                mark()
                future.set_result = future.set_exception = print
            return True

        future.set_running_or_notify_cancel = run_anyway
