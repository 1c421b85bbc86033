"""The start method of a program that chooses none is spawn.

Documented (contexts and start methods): fork on Linux until 3.14, forkserver from then on.
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "start_method/default",
        "methods": ["default"],
        "python": "<3.14",
        "check": "value",
        "says": "The default is fork.",
    },
    {
        "scenario": "start_method/default",
        "methods": ["default"],
        "python": ">=3.14",
        "check": "value",
        "says": "The default is forkserver.",
    },
    {
        "scenario": "process/article",
        "methods": ["default"],
        "python": "<3.14",
        "check": "text",
        "says": "The child prints between its parent's lines, because the parent waits for it in join().",
    },
]


@when_imported("multiprocessing.context")
def plant(context):
    spawn = context._concrete_contexts["spawn"]

    def default(self):
        mark()
        return spawn

    context.DefaultContext._default_context = property(default, lambda self, sound: None)
    del context._default_context.__dict__["_default_context"]
