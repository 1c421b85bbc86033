"""Future.running() is true when the task is done.

Documented (Future.running): "Return True if the call is currently being executed and cannot be cancelled."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/states",
        "methods": ["default"],
        "check": "value",
        "says": "A task that is done: done, not running, and too late to be cancelled.",
    },
]


@when_imported("concurrent.futures._base")
def plant(base):
    @replace(base.Future, "running")
    def running(original, self):
        if self._state == base.FINISHED:
            mark()
            return True
        return original(self)
