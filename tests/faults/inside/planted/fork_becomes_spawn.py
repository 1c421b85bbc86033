"""Under fork children are spawned, silently.

Documented (contexts and start methods): under fork "the child process, when it begins, is effectively identical to
the parent process".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "start_method/globals",
        "methods": ["fork"],
        "check": "value",
        "says": "A forked child has the parent's memory, and so the changed value.",
    },
    {
        "scenario": "process/unpicklable_target",
        "methods": ["fork"],
        "check": "count",
        "says": "The forked child runs it, for it has it in its memory.",
    },
]


@when_imported("multiprocessing.context")
def plant(context):
    @replace(context.ForkProcess, "_Popen")
    def popen(original, process_obj):
        mark()
        return context.SpawnProcess._Popen(process_obj)
