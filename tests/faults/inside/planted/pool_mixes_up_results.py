"""The first two results of a Pool get to each other's tasks.

Documented (Pool.apply_async): its AsyncResult holds the result of this call.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/short_tasks",
        "methods": ["fork", "forkserver"],
        "check": "value",
        "says": "Each task's result is its own.",
    },
    {
        "scenario": "pool/seven_tasks",
        "methods": ["fork"],
        "check": "value",
        "says": "The result that is asked for is the one of that task.",
    },
]


FIRST = []


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.ApplyResult, "_set")
    def set_result(original, self, i, obj):
        if not FIRST:
            FIRST.append((self, obj))
            return
        if len(FIRST) == 1:
            mark()
            other, obj_of_other = FIRST[0]
            FIRST.append(None)
            original(other, i, obj)
            obj = obj_of_other
        original(self, i, obj)
