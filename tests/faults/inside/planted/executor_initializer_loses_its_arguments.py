"""The initializer of an executor gets its first argument only.

Documented (ProcessPoolExecutor): "initargs is a tuple of arguments passed to the initializer."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/initializer",
        "methods": ["spawn"],
        "check": "value",
        "says": "The initializer gets its arguments in their order.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process, "_process_worker")
    def worker(original, call_queue, result_queue, initializer, initargs, *args):
        if len(initargs) > 1:
            mark()
        original(call_queue, result_queue, initializer, tuple(initargs)[:1], *args)
