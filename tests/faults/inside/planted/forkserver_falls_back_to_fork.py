"""Under forkserver the program forks its children itself, silently.

Documented (contexts and start methods): under forkserver "the parent process connects to the server and requests that
it fork a new process".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/join",
        "methods": ["forkserver"],
        "check": "child-of",
        "says": "The child's parent is the fork server, not the process that started it.",
    },
    {
        "scenario": "process/without_join",
        "methods": ["forkserver"],
        "check": "child-of",
        "says": "The child's parent is the fork server, not the process that started it.",
    },
    {
        "scenario": "start_method/globals",
        "methods": ["forkserver"],
        "check": "value",
        "says": "The child has imported the program anew, and so has the value as it is written there.",
    },
]


@when_imported("multiprocessing.context")
def plant(context):
    @replace(context.ForkServerProcess, "_Popen")
    def popen(original, process_obj):
        mark()
        return context.ForkProcess._Popen(process_obj)
