"""connection.wait() names one of those that are ready, not all.

Documented (multiprocessing.connection.wait): "Returns the list of those objects in object_list which are ready."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/pipe",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "When the child has ended, wait() names both pipes.",
    },
]


@when_imported("multiprocessing.connection")
def plant(connection):
    @replace(connection, "wait")
    def wait(original, *args):
        ready = original(*args)
        if len(ready) > 1:
            mark()
        return ready[:1]
