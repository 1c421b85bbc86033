"""The callback of apply_async() runs in the worker.

Documented (Pool.apply_async): "Callbacks should complete immediately since otherwise the thread which handles the
results will get blocked"; it is a thread of the program.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/callbacks",
        "methods": ["default"],
        "check": "same-pid",
        "says": "Callbacks run in the process that made the pool.",
    },
]


def work_and_call_back(callback, func, args, kwds):
    result = func(*args, **kwds)
    mark()
    callback(result)
    return result


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "apply_async")
    def apply_async(original, self, func, args=(), kwds=None, callback=None, error_callback=None):
        if callback:
            func, args, kwds = work_and_call_back, (callback, func, args, kwds or {}), {}
        return original(self, func, args, kwds or {}, None, error_callback)
