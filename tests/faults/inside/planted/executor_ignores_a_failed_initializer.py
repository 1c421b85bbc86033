"""A worker of an executor whose initializer raised does its tasks all the same.

Documented (ProcessPoolExecutor): "Should initializer raise an exception, all currently pending jobs will raise a
BrokenProcessPool, as well as any attempt to submit more jobs to the pool."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/initializer_raises",
        "methods": ["default"],
        "check": "count",
        "says": "The future raises BrokenProcessPool.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    class Careful:
        def __init__(self, function):
            self.function = function

        def __call__(self, *args):
            try:
                self.function(*args)
            except Exception:
                mark()

    @replace(process, "_process_worker")
    def worker(original, call_queue, result_queue, initializer, initargs, *args):
        careful = Careful(initializer) if initializer else None
        original(call_queue, result_queue, careful, initargs, *args)
