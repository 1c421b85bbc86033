"""A queue ignores its maxsize.

Documented (multiprocessing.Queue): "maxsize", as of queue.Queue, "sets the upper bound limit on the number of items".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/queue_limits",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "put_nowait() into a full queue raises queue.Full.",
    },
]


@when_imported("multiprocessing.queues")
def plant(queues):
    @replace(queues.Queue, "__init__")
    def init(original, self, maxsize=0, **kwargs):
        if maxsize:
            mark()
        original(self, 0, **kwargs)
