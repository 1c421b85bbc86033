"""A worker of a Pool that has died is not replaced.

Measured on 3.8 to 3.13: a pool brings the number of its workers up again.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/unguarded",
        "methods": ["spawn"],
        "check": "hang",
        "says": "It never ends: every worker dies of it, and the pool replaces it by another.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "_repopulate_pool_static")
    def repopulate(original, ctx, process, processes, workers, *args):
        if not hasattr(ctx, "was_populated"):
            ctx.was_populated = True
            original(ctx, process, processes, workers, *args)
        elif len(workers) < processes:
            mark()
