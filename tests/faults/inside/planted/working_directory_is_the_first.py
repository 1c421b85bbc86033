"""A spawned child works in the directory in which the program was started.

Documented nowhere; measured on 3.8 to 3.13: it works in its parent's directory at start().
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/surroundings",
        "methods": ["spawn"],
        "check": "value",
        "says": "The working directory is the parent's at start().",
    },
]


@when_imported("multiprocessing.spawn")
def plant(spawn):
    @replace(spawn, "get_preparation_data")
    def get_preparation_data(original, *args, **kwargs):
        data = original(*args, **kwargs)
        mark()
        data["dir"] = spawn.process.ORIGINAL_DIR
        return data
