"""as_completed() waits for the futures, whatever its timeout says.

Documented (as_completed): "The returned iterator raises a TimeoutError if __next__() is called and the result isn't
available after timeout seconds from the original call to as_completed()."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/wait",
        "methods": ["default"],
        "check": "count",
        "says": "as_completed() with a time limit gives up while there are futures that are not done,",
    },
]


@when_imported("concurrent.futures._base")
def plant(base):
    @replace(base, "as_completed")
    def completed(original, fs, timeout=None):
        if timeout is not None:
            mark()
        return original(fs)
