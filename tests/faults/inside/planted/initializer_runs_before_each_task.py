"""A worker of a Pool runs the initializer before each of its tasks.

Documented (multiprocessing.pool.Pool): "each worker process will call initializer(*initargs) when it starts".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/initializer",
        "methods": ["fork"],
        "check": "count",
        "says": "None runs it twice.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool, "worker")
    def worker(original, inqueue, outqueue, initializer=None, initargs=(), *args, **kwargs):
        get = inqueue.get

        def get_and_set_up():
            task = get()
            if initializer and task:
                mark()
                initializer(*initargs)
            return task

        inqueue.get = get_and_set_up
        original(inqueue, outqueue, initializer, initargs, *args, **kwargs)
