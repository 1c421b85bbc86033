"""join_thread() of a queue returns before all is written.

Documented (Queue.join_thread): "It blocks until the background thread exits, ensuring that all data in the buffer has
been flushed to the pipe."
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
    @replace(queues.Queue, "join_thread")
    def join_thread(original, self):
        mark()
