"""shutdown(wait=True) waits for the tasks, but not for the workers.

Documented (Executor.shutdown): "If wait is True then this method will not return until [...] the resources associated with
the executor have been freed."
"""

import time

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/ended_workers",
        "methods": ["spawn"],
        "check": "value",
        "says": "After the with block none is alive.",
        "python": ">=3.9",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    if hasattr(process, "_ExecutorManagerThread"):

        @replace(process._ExecutorManagerThread, "shutdown_workers")
        def stop(original, self):
            original(self)
            mark()
            self.processes = {}

    @replace(process, "_process_worker")
    def worker(original, *args, **kwargs):
        original(*args, **kwargs)
        time.sleep(0.3)
