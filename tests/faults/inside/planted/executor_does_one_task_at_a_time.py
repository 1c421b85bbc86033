"""The workers of an executor take turns: one begins when the other has ended.

Documented (ProcessPoolExecutor): it "executes calls asynchronously using a pool of at most max_workers processes".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/at_once",
        "methods": ["fork"],
        "check": "value",
        "says": "They have met: none waits in vain.",
    },
]


def in_turn(lock, fn, args, kwargs):
    with lock:
        mark()
        return fn(*args, **kwargs)


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process, "_process_worker")
    def worker(original, call_queue, *args):
        get = call_queue.get

        def get_locked(*how, **kwargs):
            item = get(*how, **kwargs)
            if item:
                item.args = (call_queue._wlock or call_queue._rlock, item.fn, item.args, item.kwargs)
                item.fn, item.kwargs = in_turn, {}
            return item

        call_queue.get = get_locked
        original(call_queue, *args)
