"""A harmless change: start() takes a tenth of a second longer.

Nobody may notice it: no expectation is about how long a start takes.
"""

from mpref_planting import mark, replace, when_imported

UNSEEN_IN = [
    {
        "scenario": "process/join",
        "methods": ["fork", "spawn"],
    },
    {
        "scenario": "process/join_timeout",
        "methods": ["fork"],
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "start")
    def start(original, self):
        import time

        mark()
        time.sleep(0.1)
        original(self)
