"""Of a text longer than a pipe holds, only the beginning comes out of a queue.

Documented (Queue.put): "Put obj into the queue": the object, not a part of it.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/queue_emptied",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "Each item arrives whole, the long ones too.",
    },
]


@when_imported("multiprocessing.queues")
def plant(queues):
    def get(original, self, *args):
        item = original(self, *args)
        if isinstance(item, tuple) and isinstance(item[-1], str) and len(item[-1]) > 65536:
            mark()
            item = (*item[:-1], item[-1][:65536])
        return item

    for kind in (queues.Queue, queues.SimpleQueue):
        replace(kind, "get")(get)
