"""Process.start() returns when the child has ended.

Documented (Process.start): "Start the process's activity"; it is join() that waits.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/without_join",
        "methods": ["fork", "spawn"],
        "check": "happens-before",
        "says": "The parent goes on before the child has run.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "start")
    def start(original, self):
        original(self)
        mark()
        self.join()
