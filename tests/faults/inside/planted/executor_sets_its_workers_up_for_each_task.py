"""A worker of an executor runs the initializer before each of its tasks.

Documented (ProcessPoolExecutor): "initializer is an optional callable that is called at the start of each worker
process".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/initializer",
        "methods": ["fork"],
        "check": "count",
        "says": "One worker is set up once, however many tasks it does.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process, "_process_worker")
    def worker(original, call_queue, result_queue, initializer, initargs, *args):
        get = call_queue.get

        def get_and_set_up(*how, **kwargs):
            item = get(*how, **kwargs)
            if initializer and item:
                mark()
                initializer(*initargs)
            return item

        call_queue.get = get_and_set_up
        original(call_queue, result_queue, initializer, initargs, *args)
