"""The workers of an executor end with exit code 1.

Measured on 3.8 to 3.15: a worker that is told to stop ends by itself, and its exit code is 0.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/ended_workers",
        "methods": ["spawn"],
        "check": "value",
        "says": "After shutdown() both have exit code 0: nobody has terminated them.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process, "_process_worker")
    def worker(original, *args, **kwargs):
        original(*args, **kwargs)
        mark()
        raise SystemExit(1)
