"""join() of a JoinableQueue waits only until the items are taken, not until they are done.

Documented (JoinableQueue.join): "Block until all items in the queue have been gotten and processed."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/joinable",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "When join() returns, the child has done all three tasks.",
    },
]


@when_imported("multiprocessing.queues")
def plant(queues):
    @replace(queues.JoinableQueue, "join")
    def join(original, self):
        mark()
        while not self.empty():
            pass
