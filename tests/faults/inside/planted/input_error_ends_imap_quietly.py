"""An input that raises looks to imap() like one that ends.

Measured on 3.8 to 3.15: its exception is raised in its turn.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/input_raises",
        "methods": ["default"],
        "check": "value",
        "says": "and then raise what the input raised.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    def quietly(iterable):
        try:
            yield from iterable
        except Exception:
            mark()

    @replace(pool.Pool, "_guarded_task_generation")
    def generation(original, self, job, func, iterable):
        return original(self, job, func, quietly(iterable))
