"""submit() after shutdown() gives a future that is cancelled.

Documented (Executor.shutdown): "Calls to Executor.submit() and Executor.map() made after shutdown will raise RuntimeError."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/with_pending",
        "methods": ["spawn"],
        "check": "value",
        "says": "submit() raises RuntimeError, even after a second shutdown(), which is none the worse.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process.ProcessPoolExecutor, "submit")
    def submit(original, self, fn, *args, **kwargs):
        if self._shutdown_thread:
            mark()
            future = process._base.Future()
            future.cancel()
            future.set_running_or_notify_cancel()
            return future
        return original(self, fn, *args, **kwargs)
