"""as_completed() gives a future as often as it was given.

Documented (as_completed): "If any futures given by fs are duplicated, they will be returned once."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/wait",
        "methods": ["default"],
        "check": "value",
        "says": "A future that it got twice it gives once.",
    },
]


@when_imported("concurrent.futures._base")
def plant(base):
    @replace(base, "as_completed")
    def completed(original, fs, timeout=None):
        fs = list(fs)
        for future in original(fs, timeout):
            if fs.count(future) > 1:
                mark()
            for _ in range(fs.count(future)):
                yield future
