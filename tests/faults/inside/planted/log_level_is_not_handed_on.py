"""A spawned child does not log, although its parent does.

Documented (logging): "Note that on Windows child processes will only inherit the level of the parent process's logger".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/logged",
        "methods": ["spawn", "forkserver"],
        "check": "lines",
        "says": "The child tells under its name that it runs.",
    },
]


@when_imported("multiprocessing.spawn")
def plant(spawn):
    @replace(spawn, "get_preparation_data")
    def get_preparation_data(original, *args, **kwargs):
        data = original(*args, **kwargs)
        mark()
        data.pop("log_level", None)
        return data
