"""Pool.map() hands the tasks out in the reverse order.

Documented (Pool.map): tasks go "to the process pool as separate tasks", in the order of the iterable.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/same_worker",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "happens-before",
        "says": "One worker takes the tasks in the order in which they were given: 0 before 1.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "_guarded_task_generation")
    def tasks(original, self, result_job, func, iterable):
        mark()
        return reversed(list(original(self, result_job, func, iterable)))
