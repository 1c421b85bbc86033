"""Process.join() does not wait for the child.

Documented (Process.join): "the method blocks until the process whose join() method is called terminates".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/join",
        "methods": ["spawn", "forkserver"],
        "check": "happens-before",
        "says": "join() returns after the child has run.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "join")
    def join(original, self, timeout=None):
        mark()
        original(self, 0)
