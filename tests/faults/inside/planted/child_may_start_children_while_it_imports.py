"""A child that imports the program may start processes of its own.

Documented (safe importing of main module): this is refused with a RuntimeError.
"""

import os

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/article",
        "methods": ["spawn"],
        "check": "exception",
        "says": "The child imports the program, comes upon its start() and is refused.",
    },
    {
        "scenario": "process/article_without_join",
        "methods": ["spawn"],
        "check": "exception",
        "says": "The child imports the program, comes upon its start() and is refused.",
    },
]


@when_imported("multiprocessing.spawn")
def plant(spawn):
    @replace(spawn, "_check_not_importing_main")
    def check(original):
        if getattr(spawn.process.current_process(), "_inheriting", False):
            mark()
            os._exit(0)
