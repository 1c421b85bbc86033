"""A lock may be pickled at any time, not only for a child that is being started.

Documented (programming guidelines): objects are "inherited"; pickling one is refused by RuntimeError, "should only be
shared between processes through inheritance".
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/only_inherited",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "count",
        "says": "All eleven are refused",
    },
]


@when_imported("multiprocessing.context")
def plant(context):
    def assert_spawning(obj):
        mark()

    context.assert_spawning = assert_spawning
