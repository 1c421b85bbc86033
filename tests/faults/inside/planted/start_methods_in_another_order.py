"""get_all_start_methods() does not name the default first.

Documented (multiprocessing.get_all_start_methods): "Returns a list of the supported start methods, the first of which
is the default."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "start_method/default",
        "methods": ["default"],
        "python": "<3.14",
        "check": "value",
        "says": "fork stands first among the start methods.",
    },
    {
        "scenario": "start_method/default",
        "methods": ["default"],
        "python": ">=3.14",
        "check": "value",
        "says": "forkserver stands first among the start methods.",
    },
]


@when_imported("multiprocessing.context")
def plant(context):
    @replace(context.DefaultContext, "get_all_start_methods")
    def get_all_start_methods(original, self):
        mark()
        return sorted(original(self), reverse=True)
