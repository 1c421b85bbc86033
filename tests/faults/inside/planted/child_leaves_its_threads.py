"""A child ends without waiting for the threads that it has started.

Documented (threading): "the entire Python program exits when only daemon threads are left"; a child process is one
(python/cpython#62956).
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/threads",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "count",
        "says": "A thread that the child has started comes to its end.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "_bootstrap")
    def bootstrap(original, self, *args, **kwargs):
        import threading

        mark()
        threading._shutdown = lambda: None
        return original(self, *args, **kwargs)
