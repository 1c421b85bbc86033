"""Who comes to a broken Barrier gets past it, as if all had come.

Documented (threading.Barrier.wait, of which it is a clone): "If the barrier is reset or aborted ..., raises
BrokenBarrierError".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/barrier",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "Who comes to a broken barrier gets a BrokenBarrierError.",
    },
]


@when_imported("threading")
def plant(threading):
    @replace(threading.Barrier, "wait")
    def wait(original, self, timeout=None):
        if self.broken:
            mark()
            return 0
        return original(self, timeout)
