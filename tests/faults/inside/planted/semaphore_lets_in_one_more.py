"""A Semaphore lets in one more than it should.

Documented (multiprocessing.Semaphore): "a close analog of threading.Semaphore", whose value is the number of acquire()
calls that may be made before one blocks.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/locks",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "A Semaphore lets in as many as it counts, from all processes.",
    },
]


@when_imported("multiprocessing.synchronize")
def plant(synchronize):
    @replace(synchronize.Semaphore, "__init__")
    def init(original, self, value=1, *, ctx):
        if value:
            mark()
        original(self, value + 1 if value else 0, ctx=ctx)
