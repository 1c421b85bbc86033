"""A child reads the standard input of its parent.

Documented (programming guidelines): sys.stdin of a child is a null device, "sys.stdin = open(os.open(os.devnull,
os.O_RDONLY), closefd=False)", lest processes fight for it.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/standard_input",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "The line is left for the parent.",
    },
]


@when_imported("multiprocessing.util")
def plant(util):
    @replace(util, "_close_stdin")
    def close_stdin(original):
        mark()
