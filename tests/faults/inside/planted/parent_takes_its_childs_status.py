"""A program ends with the exit status of the child that it joined last, if that failed.

Documented (sys.exit): a program that comes to its end has exit status 0.
"""

import os

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/exit_codes",
        "methods": ["fork", "spawn"],
        "check": "default",
        "says": "Its exit status is 0.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "join")
    def join(original, self, timeout=None):
        original(self, timeout)
        if self.exitcode:
            import atexit

            mark()
            atexit.register(os._exit, abs(self.exitcode))
