"""After close() a queue still takes and gives items.

Documented (Queue.put): "Changed in version 3.8: If the queue is closed, ValueError is raised"; get() the same.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/queue_limits",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "put() after close() raises ValueError.",
    },
]


@when_imported("multiprocessing.queues")
def plant(queues):
    @replace(queues.Queue, "put")
    def put(original, self, obj, block=True, timeout=None):
        if self._closed:
            mark()
            return
        original(self, obj, block, timeout)
