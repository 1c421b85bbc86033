"""An item that cannot be pickled disappears without a word.

Measured on 3.8 to 3.15: the thread of the queue prints the traceback.
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/unpicklable_item",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "text",
        "says": "The Queue's thread prints why.",
    },
]


@when_imported("multiprocessing.queues")
def plant(queues):
    def on_queue_feeder_error(error, obj):
        mark()

    queues.Queue._on_queue_feeder_error = staticmethod(on_queue_feeder_error)
