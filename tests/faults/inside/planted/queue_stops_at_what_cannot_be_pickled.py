"""What cannot be pickled keeps its place in a queue for ever.

Documented (python/cpython#74599, fixed in 3.7.1): an item that fails to be pickled gives its place back.
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/unpicklable_item",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "default",
        "says": "It ends by itself.",
    },
]


@when_imported("multiprocessing.queues")
def plant(queues):
    def on_queue_feeder_error(error, obj):
        mark()
        import sys
        import threading
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
        threading.Event().wait()

    queues.Queue._on_queue_feeder_error = staticmethod(on_queue_feeder_error)
