"""A queue gives the last item that waits to be written first.

Documented (exchanging objects between processes): "Queues are thread and process safe", near clones of queue.Queue,
which is first in, first out.
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/queue_emptied",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "What one child puts arrives once and in its order.",
    },
]


@when_imported("multiprocessing.queues")
def plant(queues):
    import collections

    class Buffer(collections.deque):
        def append(self, item):
            if self and item is not queues._sentinel:
                mark()
                self.appendleft(item)
            else:
                super().append(item)

    class Module:
        deque = Buffer

    queues.collections = Module
