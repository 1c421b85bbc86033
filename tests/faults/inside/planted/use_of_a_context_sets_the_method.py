"""Starting a process by a context makes its method the program's own.

Documented (get_context): libraries "should use get_context() to avoid interfering with the choice of the library user."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "start_method/by_turns",
        "methods": ["fork", "forkserver"],
        "check": "value",
        "says": "The program's own start method stays what it was.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "start")
    def start(original, self):
        import sys

        context = sys.modules["multiprocessing.context"]
        original(self)
        method = getattr(self, "_start_method", None)
        if method:
            mark()
            context._default_context._actual_context = context._concrete_contexts[method]
