"""task_done() may be called more often than there were items.

Documented (JoinableQueue.task_done): "Raises a ValueError if called more times than there were items placed in the queue."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/joinable",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "count",
        "says": "One task_done() more than there were items is refused.",
    },
]


@when_imported("multiprocessing.queues")
def plant(queues):
    @replace(queues.JoinableQueue, "task_done")
    def task_done(original, self):
        try:
            original(self)
        except ValueError:
            mark()
