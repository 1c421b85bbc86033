"""Process.start() leaves a process behind that nobody asked for.

Documented (contexts and start methods): under spawn "the parent process starts a fresh Python interpreter process";
one.
"""

import os
import time

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/join",
        "methods": ["fork", "spawn"],
        "check": "default",
        "says": "When it has ended, only multiprocessing's helpers are left.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "start")
    def start(original, self):
        if os.fork() == 0:
            os.setsid()
            mark()
            time.sleep(600)
        original(self)
