"""wait() of an Event returns True though its time is over and nobody has set it.

Documented (threading.Event.wait, of which it is a clone): "the return value represents the reason": False "if the timeout
... has expired".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/event_set",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "At first it is not set in the parent: is_set() is false, and wait(timeout) returns False.",
    },
]


@when_imported("multiprocessing.synchronize")
def plant(synchronize):
    @replace(synchronize.Event, "wait")
    def wait(original, self, timeout=None):
        if not original(self, timeout):
            mark()
        return True
