"""An unknown name gives the default context.

Documented (get_context): "ValueError is raised if the specified start method is not available."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "start_method/unknown",
        "methods": ["default"],
        "check": "count",
        "says": "None is accepted.",
    },
]


@when_imported("multiprocessing.context")
def plant(context):
    @replace(context.BaseContext, "get_context")
    def get_context(original, self, method=None):
        try:
            return original(self, method)
        except ValueError:
            mark()
            return self
