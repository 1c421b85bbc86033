"""A worker of an executor ends one task later than max_tasks_per_child says.

Documented (ProcessPoolExecutor): "max_tasks_per_child is an optional argument that specifies the maximum number of tasks
a single process can execute before it will exit and be replaced with a fresh worker process."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/fresh_workers",
        "methods": ["default"],
        "check": "count",
        "says": "Three tasks run in three workers.",
        "python": ">=3.11",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process, "_process_worker")
    def worker(original, call_queue, result_queue, initializer, initargs, max_tasks=None):
        if max_tasks is not None:
            mark()
            max_tasks += 1
        original(call_queue, result_queue, initializer, initargs, max_tasks)
