"""Each who passes a Barrier does its action.

Documented (threading.Barrier, of which it is a clone): action "is a callable to be called by one of the threads when they
are released".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/barrier",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "count",
        "says": "Its action is done once each time that all have come.",
    },
]


@when_imported("threading")
def plant(threading):
    @replace(threading.Barrier, "wait")
    def wait(original, self, timeout=None):
        number = original(self, timeout)
        if number and self._action:
            mark()
            self._action()
        return number
