"""The report of an exception in a child is printed twice.

Measured on 3.8 to 3.13: a child prints its name and one traceback.
"""

import sys

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/exception_in_child",
        "methods": ["fork", "spawn"],
        "check": "lines",
        "says": "The child's report is headed by its name, once.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "run")
    def run(original, self):
        try:
            original(self)
        except Exception:
            import traceback

            mark()
            sys.stderr.write("Process %s:\n" % self.name)
            traceback.print_exc()
            raise
