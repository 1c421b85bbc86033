"""The workers of a Pool are not daemonic.

Documented (multiprocessing.Process.daemon): "when a process exits, it attempts to terminate all of its daemonic child
processes"; measured on 3.8 to 3.15: the workers of a Pool are daemonic.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/processes",
        "methods": ["fork"],
        "check": "value",
        "says": "They are daemonic, the parent says.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "start")
    def start(original, self):
        if "PoolWorker" in self.name:
            mark()
            self.daemon = False
        original(self)
