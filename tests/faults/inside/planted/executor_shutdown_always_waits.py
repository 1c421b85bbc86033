"""shutdown(wait=False) waits.

Documented (Executor.shutdown): "If wait is False then this method will return immediately".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/no_wait",
        "methods": ["fork"],
        "check": "value",
        "says": "It returns before any task is done.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process.ProcessPoolExecutor, "shutdown")
    def shutdown(original, self, wait=True, **kwargs):
        if not wait:
            mark()
        original(self, True, **kwargs)
