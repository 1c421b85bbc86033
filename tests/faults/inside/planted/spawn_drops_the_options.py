"""A spawned child is started without the options of its parent's interpreter.

Measured on 3.8 to 3.13: options such as -O and -W are handed on.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "start_method/options",
        "methods": ["default"],
        "check": "value",
        "says": "-O is in force in the child.",
    },
]


@when_imported("multiprocessing.util")
def plant(util):
    @replace(util, "_args_from_interpreter_flags")
    def no_flags(original):
        mark()
        return []
