"""At its end a program cancels what waits in an executor.

Documented (ProcessPoolExecutor, through shutdown(wait=False)): "the entire Python program will not exit until all pending
futures are done executing".
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/without_shutdown",
        "methods": ["spawn"],
        "check": "count",
        "says": "Every task comes to its end, though the program has come to its own.",
        "python": ">=3.9",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    def cancel():
        import gc

        for executor in gc.get_objects():
            if isinstance(executor, process.ProcessPoolExecutor):
                mark()
                for item in list(executor._pending_work_items.values()):
                    item.future.cancel()

    if hasattr(process.threading, "_register_atexit"):
        process.threading._register_atexit(cancel)  # the last one is called first
