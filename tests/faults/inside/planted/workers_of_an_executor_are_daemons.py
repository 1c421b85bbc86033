"""The workers of an executor are daemonic.

Measured on 3.8 to 3.15: a worker of an executor may have children.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/nested",
        "methods": ["default"],
        "check": "count",
        "says": "So do those that it gives to workers of its own.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process, "_process_worker")
    def worker(original, *args, **kwargs):
        mark()
        process.mp.current_process()._config["daemon"] = True
        original(*args, **kwargs)
