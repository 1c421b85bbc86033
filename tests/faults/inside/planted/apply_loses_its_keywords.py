"""apply() and apply_async() lose the keyword arguments of the task.

Documented (Pool.apply): "Call func with arguments args and keyword arguments kwds."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/apply",
        "methods": ["spawn"],
        "check": "value",
        "says": "The result is what the function returned, of the arguments and the keyword arguments given.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "apply_async")
    def apply_async(original, self, func, args=(), kwds=None, callback=None, error_callback=None):
        if kwds:
            mark()
        return original(self, func, args, {}, callback, error_callback)
