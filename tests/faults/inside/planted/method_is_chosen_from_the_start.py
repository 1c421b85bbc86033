"""A start method is in force before anybody has asked for one.

Documented (multiprocessing.get_start_method): "If the start method has not been fixed and allow_none is true then
None is returned."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "start_method/default",
        "methods": ["default"],
        "check": "value",
        "says": "Before anybody asks, no start method is chosen.",
    },
]


@when_imported("multiprocessing.context")
def plant(context):
    @replace(context.DefaultContext, "get_start_method")
    def get_start_method(original, self, allow_none=False):
        if allow_none:
            mark()
        return original(self)
