"""A Pool that is terminated leaves its workers alone, and so does the end of the program.

Documented (Pool.terminate): "Stops the worker processes immediately without completing outstanding work."
"""

import time

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/task_raises",
        "methods": ["fork"],
        "check": "leftovers",
        "says": "Leaving the with block ends the workers.",
    },
    {
        "scenario": "pool/same_worker",
        "methods": ["fork"],
        "check": "default",
        "says": "When it has ended, only multiprocessing's helpers are left.",
    },
]


@when_imported("multiprocessing.process")
def plant_exit(process):
    @replace(process, "active_children")
    def active_children(original):
        return []


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "_terminate_pool")
    def terminate_pool(original, cls, *args):
        mark()

    @replace(pool, "worker")
    def worker(original, *args, **kwargs):
        original(*args, **kwargs)
        time.sleep(600)  # without its program a worker would end for want of tasks
