"""kill_workers() of an executor sends SIGTERM.

Documented (ProcessPoolExecutor.kill_workers): "Attempt to kill all living worker processes immediately by calling
Process.kill on each of them."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/stopped_workers",
        "methods": ["spawn"],
        "check": "value",
        "says": "kill_workers() ends it by SIGKILL.",
        "python": ">=3.14",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    if hasattr(process.ProcessPoolExecutor, "kill_workers"):

        @replace(process.ProcessPoolExecutor, "kill_workers")
        def kill_workers(original, self):
            mark()
            self.terminate_workers()
