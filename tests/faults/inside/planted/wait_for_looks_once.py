"""wait_for() of a Condition returns when it was notified, true or not.

Documented (threading.Condition.wait_for, of which it is a clone): "Wait until a condition evaluates to true."
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/condition",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "wait_for() returns when what it waits for is true.",
    },
]


@when_imported("multiprocessing.synchronize")
def plant(synchronize):
    def wait_for(self, predicate, timeout=None):
        if not predicate():
            mark()
            self.wait(timeout)
        return predicate()

    synchronize.Condition.wait_for = wait_for
