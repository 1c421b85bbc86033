"""An exception in a child ends its parent with status 1.

Documented (Process.exitcode): the parent is told by the exit code, and by nothing else.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/exception_in_child",
        "methods": ["fork"],
        "check": "exit-status",
        "says": "The parent goes on and ends well.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "join")
    def join(original, self, timeout=None):
        original(self, timeout)
        if self.exitcode == 1:
            mark()
            raise SystemExit(1)
