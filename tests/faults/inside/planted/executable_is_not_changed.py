"""set_executable() changes nothing: children are started from sys.executable.

Documented (set_executable): "Set the path of the Python interpreter to use when starting a child process."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "start_method/executable",
        "methods": ["spawn", "forkserver"],
        "check": "value",
        "says": "The child's interpreter is the one that was set.",
    },
]


@when_imported("multiprocessing.spawn")
def plant(spawn):
    @replace(spawn, "set_executable")
    def set_executable(original, exe):
        mark()
