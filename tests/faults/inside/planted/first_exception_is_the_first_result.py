"""wait(FIRST_EXCEPTION) returns at the first future that is done, whether it raised or not.

Documented (wait): FIRST_EXCEPTION: "The function will return when any future finishes by raising an exception."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/wait",
        "methods": ["default"],
        "check": "value",
        "says": "wait() for the first exception does not wait for the rest.",
    },
]


@when_imported("concurrent.futures._base")
def plant(base):
    @replace(base, "wait")
    def wait(original, fs, timeout=None, return_when=base.ALL_COMPLETED):
        if return_when == base.FIRST_EXCEPTION:
            mark()
            return_when = base.FIRST_COMPLETED
        return original(fs, timeout, return_when)
