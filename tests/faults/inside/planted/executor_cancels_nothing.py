"""shutdown(cancel_futures=True) cancels nothing.

Documented (Executor.shutdown): "If cancel_futures is True, this method will cancel all pending futures".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/cancel",
        "methods": ["default"],
        "python": ">=3.9",
        "check": "value",
        "says": "The first task is not cancelled, the last two are; those between may lie ready for the worker already.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process.ProcessPoolExecutor, "shutdown")
    def shutdown(original, self, wait=True, *, cancel_futures=False):
        if cancel_futures:
            mark()
        original(self, wait)
