"""sys.exit() in a task of a Pool is handed to get() like any exception.

Measured on 3.8 to 3.15: the worker ends, and its task is lost.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/exit_in_task",
        "methods": ["default"],
        "check": "value",
        "says": "When the new worker has answered, the lost task is still not ready.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    class Leave(Exception):
        pass

    @replace(pool, "worker")
    def worker(original, inqueue, outqueue, *args, **kwargs):
        get = inqueue.get

        def wrapped(*args, **kwargs):
            task = get(*args, **kwargs)
            if task is None:
                return task
            job, i, func, fargs, kwds = task

            def call(*args, **kwds):
                try:
                    return func(*args, **kwds)
                except SystemExit as error:
                    mark()
                    raise RuntimeError("exit") from error

            return job, i, call, fargs, kwds

        class Queue:
            def __getattr__(self, name):
                return getattr(inqueue, name)

            def get(self):
                return wrapped()

        queue = Queue()
        original(queue, outqueue, *args, **kwargs)
