"""A spawned child does not find what its parent has added to sys.path.

Measured on 3.8 to 3.13: sys.path of a spawned child is its parent's at start().
"""

import sys

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/surroundings",
        "methods": ["spawn", "forkserver"],
        "check": "value",
        "says": "What the parent has added to sys.path since is searched by the next child.",
    },
]


@when_imported("multiprocessing.spawn")
def plant(spawn):
    path = list(sys.path)

    @replace(spawn, "get_preparation_data")
    def get_preparation_data(original, *args, **kwargs):
        data = original(*args, **kwargs)
        mark()
        data["sys_path"] = path
        return data
