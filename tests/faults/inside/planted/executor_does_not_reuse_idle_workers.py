"""An executor makes a worker for each task, though one is idle, until it has all.

Documented (ProcessPoolExecutor): it uses idle workers before it starts others, from 3.9 on.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/on_demand",
        "methods": ["spawn"],
        "python": ">=3.9",
        "check": "value",
        "says": "The tasks after it find the first worker idle: no other is made, or at most one, if it is not idle yet.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process.ProcessPoolExecutor, "_adjust_process_count")
    def adjust(original, self):
        if self._idle_worker_semaphore.acquire(blocking=False):
            mark()
        original(self)
