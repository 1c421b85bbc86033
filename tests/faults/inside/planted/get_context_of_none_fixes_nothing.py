"""get_context() without a name returns the default context, whose method may still change.

Documented (get_context): "Return a context object which has the same attributes as the multiprocessing module"; without a
name that of the method in force, which is fixed by it.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "start_method/fixed_by_use",
        "methods": ["default"],
        "check": "count",
        "says": "Seven of the calls leave the start method open.",
    },
]


@when_imported("multiprocessing.context")
def plant(context):
    @replace(context.DefaultContext, "get_context")
    def get_context(original, self, method=None):
        if method is None and self._actual_context is None:
            mark()
            return self._default_context
        return original(self, method)
