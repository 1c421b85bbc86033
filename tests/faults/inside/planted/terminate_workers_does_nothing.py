"""terminate_workers() of an executor only shuts it down.

Documented (ProcessPoolExecutor.terminate_workers): "Attempt to terminate all living worker processes immediately by calling
Process.terminate on each of them."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/stopped_workers",
        "methods": ["spawn"],
        "check": "value",
        "says": "terminate_workers() ends a worker by SIGTERM.",
        "python": ">=3.14",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    if hasattr(process.ProcessPoolExecutor, "terminate_workers"):

        @replace(process.ProcessPoolExecutor, "terminate_workers")
        def terminate_workers(original, self):
            mark()
            self.shutdown(wait=False, cancel_futures=True)
