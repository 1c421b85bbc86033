"""When a worker of an executor dies the other ones are left alone until they are done.

Measured on 3.9 to 3.15: the other workers are terminated.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/killed_beside",
        "methods": ["fork", "spawn"],
        "check": "default",
        "says": "It ends by itself.",
        "python": ">=3.9",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    if hasattr(process, "_ExecutorManagerThread"):

        @replace(process._ExecutorManagerThread, "terminate_broken")
        def terminate_broken(original, self, cause):
            mark()
            for worker in self.processes.values():
                worker.terminate = lambda: None
            original(self, cause)
