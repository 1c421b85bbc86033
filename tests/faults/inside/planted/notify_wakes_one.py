"""notify(n) of a Condition wakes one process only, whatever n is.

Documented (threading.Condition.notify, of which it is a clone): "This method wakes up at most n of the threads waiting for
the condition variable".
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
    @replace(synchronize.Condition, "notify")
    def notify(original, self, n=1):
        if n == 2:
            mark()
        original(self, 1 if n == 2 else n)
