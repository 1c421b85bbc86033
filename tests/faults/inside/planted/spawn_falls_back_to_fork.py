"""Under spawn children are forked, silently.

Documented (contexts and start methods): under spawn "the parent process starts a fresh Python interpreter process".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "start_method/globals",
        "methods": ["spawn"],
        "check": "value",
        "says": "The child has imported the program anew, and so has the value as it is written there.",
    },
    {
        "scenario": "process/article",
        "methods": ["spawn"],
        "check": "exception",
        "says": "The child imports the program, comes upon its start() and is refused.",
    },
    {
        "scenario": "process/unpicklable_target",
        "methods": ["spawn"],
        "check": "exception",
        "says": "start() raises, in the parent: what a child gets is sent to it pickled, and a lambda cannot be.",
    },
]


@when_imported("multiprocessing.context")
def plant(context):
    @replace(context.SpawnProcess, "_Popen")
    def popen(original, process_obj):
        mark()
        return context.ForkProcess._Popen(process_obj)
