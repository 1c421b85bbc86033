"""as_completed() gives the futures in the order in which they were given to it.

Documented (concurrent.futures.as_completed): "an iterator over the Future instances given by fs that yields futures as
they complete".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/wait",
        "methods": ["default"],
        "check": "value",
        "says": "of which it gives what is done, whatever its place.",
    },
]


@when_imported("concurrent.futures._base")
def plant(base):
    @replace(base, "as_completed")
    def as_completed(original, fs, timeout=None):
        mark()
        done = set(original(fs, timeout))
        return (future for future in fs if future in done)
