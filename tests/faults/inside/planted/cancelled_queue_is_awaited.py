"""cancel_join_thread() changes nothing: the process waits at its end until its queue is written.

Documented (Queue.cancel_join_thread): "Prevent join_thread() from blocking. In particular, this prevents the background
thread from being joined automatically when the process exits."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/queue_ends",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "default",
        "says": "It ends by itself.",
    },
]


@when_imported("multiprocessing.queues")
def plant(queues):
    @replace(queues.Queue, "cancel_join_thread")
    def cancel_join_thread(original, self):
        mark()
