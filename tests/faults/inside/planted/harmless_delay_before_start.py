"""Process.start() takes 50 milliseconds longer.

Nobody has promised how long it takes.
"""

import time

from mpref_planting import mark, replace, when_imported

UNSEEN_IN = [
    {
        "scenario": "process/join",
        "methods": ["default", "fork", "spawn", "forkserver"],
    },
    {
        "scenario": "process/exception_in_child",
        "methods": ["fork", "spawn", "forkserver"],
    },
    {
        "scenario": "process/article",
        "methods": ["fork", "spawn", "forkserver"],
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "start")
    def start(original, self):
        time.sleep(0.05)
        mark()
        original(self)
