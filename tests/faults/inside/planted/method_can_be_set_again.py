"""set_start_method() can be called again and again.

Documented (multiprocessing.set_start_method): "Raises RuntimeError if the start method has already been set and force
is not True."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "start_method/set_twice",
        "methods": ["default"],
        "check": "exception",
        "says": "Setting it again raises RuntimeError, even if it is the same method.",
    },
    {
        "scenario": "start_method/set_twice",
        "methods": ["default"],
        "check": "exit-status",
        "says": "The program ends by this exception, with status 1.",
    },
    {
        "scenario": "start_method/set_twice",
        "methods": ["default"],
        "check": "count",
        "says": "Nothing after it runs.",
    },
]


@when_imported("multiprocessing.context")
def plant(context):
    @replace(context.DefaultContext, "set_start_method")
    def set_start_method(original, self, method, force=False):
        if self._actual_context is not None and not force:
            mark()
        original(self, method, force=True)
