"""What a task of an executor raises does not show the worker's traceback.

Measured on 3.8 to 3.15: it is the cause (python/cpython#57822).
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/task_raises",
        "methods": ["default"],
        "check": "value",
        "says": "The worker's traceback is its cause,",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process, "_rebuild_exc")
    def rebuild(original, exc, tb):
        mark()
        return exc
