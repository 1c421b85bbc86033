"""Process.join() never returns if the child was ended by a signal.

Documented (Process.join): "the method blocks until the process whose join() method is called terminates".
"""

import os

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/exit_codes",
        "methods": ["fork", "spawn"],
        "check": "default",
        "says": "It ends by itself.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "join")
    def join(original, self, timeout=None):
        original(self, timeout)
        if self.exitcode is not None and self.exitcode < 0:
            mark()
            os.read(os.pipe()[0], 1)  # a wait that nothing ends, as for a lost lock
