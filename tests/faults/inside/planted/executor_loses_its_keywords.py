"""submit() loses the keyword arguments of the task.

Documented (Executor.submit): "Schedules the callable, fn, to be executed as fn(*args, **kwargs)".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/initializer",
        "methods": ["fork"],
        "check": "value",
        "says": "Each task gets its arguments, by place and by name.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process.ProcessPoolExecutor, "submit")
    def submit(original, self, fn, *args, **kwargs):
        if kwargs:
            mark()
        return original(self, fn, *args)
