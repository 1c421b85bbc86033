"""notify_all() of a Condition wakes nobody.

Documented (threading.Condition.notify_all, of which it is a clone): "Wake up all threads waiting on this condition."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/condition",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "default",
        "says": "It ends by itself.",
    },
]


@when_imported("multiprocessing.synchronize")
def plant(synchronize):
    @replace(synchronize.Condition, "notify_all")
    def notify_all(original, self):
        mark()
