"""A worker that takes the place of another does not run the initializer.

Documented (multiprocessing.pool.Pool): "each worker process will call initializer(*initargs) when it starts".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/initializer",
        "methods": ["fork"],
        "check": "count",
        "says": "Each worker runs the initializer once.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "_maintain_pool")
    def maintain(original, ctx, process, processes, workers, inqueue, outqueue, initializer, *args):
        before = list(workers)
        original(ctx, process, processes, workers, inqueue, outqueue, None, *args)
        if initializer and any(worker not in before for worker in workers):
            mark()
