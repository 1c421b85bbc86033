"""A forked child runs the exit handlers of its parent.

Documented (atexit): handlers run "upon normal interpreter termination"; a child's are its own.
"""

import sys

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/atexit_raises",
        "methods": ["fork"],
        "check": "count",
        "says": "The handler runs once, whatever the child has inherited.",
    },
]


INHERITED = []


@when_imported("atexit")
def plant_register(atexit):
    @replace(atexit, "register")
    def register(original, function, *args, **kwargs):
        if function.__module__ == "__main__":
            INHERITED.append((function, args))
        return original(function, *args, **kwargs)


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "_bootstrap")
    def bootstrap(original, self, *args, **kwargs):
        code = original(self, *args, **kwargs)
        for function, arguments in INHERITED:
            mark()
            try:
                function(*arguments)
            except Exception:
                sys.excepthook(*sys.exc_info())
        return code
