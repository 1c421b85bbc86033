"""A child ends without waiting for the children that it has started.

Documented (programming guidelines): "non-daemonic processes will be joined automatically"; a child's are its own.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/nested",
        "methods": ["fork", "spawn"],
        "check": "happens-before",
        "says": "The child waits for its child at its own end, and so the parent's join() waits for both.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "_bootstrap")
    def bootstrap(original, self, *args, **kwargs):
        from multiprocessing import util

        mark()
        function = util._exit_function
        function.__defaults__ = tuple(list if d is process.active_children else d for d in function.__defaults__)
        return original(self, *args, **kwargs)
