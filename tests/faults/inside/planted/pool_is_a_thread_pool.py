"""A Pool runs its tasks in threads of the program.

Documented (multiprocessing.pool.Pool): "a pool of worker processes".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/seven_tasks",
        "methods": ["fork"],
        "check": "distinct-pids",
        "says": "No task runs in the process that made the pool.",
    },
    {
        "scenario": "pool/same_worker",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "distinct-pids",
        "says": "The worker is not the process that made the pool.",
    },
]


@when_imported("multiprocessing.context")
def plant(context):
    @replace(context.BaseContext, "Pool")
    def pool(original, self, processes=None, initializer=None, initargs=(), maxtasksperchild=None):
        from multiprocessing.pool import ThreadPool

        mark()
        return ThreadPool(processes, initializer, initargs)
