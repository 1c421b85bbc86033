"""concurrent.futures.wait() waits for all futures, whatever return_when says.

Documented (concurrent.futures.wait): "FIRST_COMPLETED: The function will return when any future finishes or is
cancelled."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/wait",
        "methods": ["default"],
        "check": "value",
        "says": "wait() for the first one returns while the others run,",
    },
]


@when_imported("concurrent.futures._base")
def plant(base):
    @replace(base, "wait")
    def wait(original, fs, timeout=None, return_when="ALL_COMPLETED"):
        if return_when != "ALL_COMPLETED":
            mark()
        return original(fs, timeout)
