"""get_all_start_methods() does not name forkserver.

Documented (multiprocessing.get_all_start_methods): "The possible start methods are 'fork', 'spawn' and 'forkserver'."
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
]


@when_imported("multiprocessing.context")
def plant(context):
    @replace(context.DefaultContext, "get_all_start_methods")
    def get_all_start_methods(original, self):
        mark()
        return [name for name in original(self) if name != "forkserver"]
