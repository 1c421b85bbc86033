"""At its end a program does not wait for its children.

Documented (programming guidelines): "non-daemonic processes will be joined automatically" when the program exits.
"""

import os
import sys
import time

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/without_join",
        "methods": ["fork", "spawn"],
        "check": "leftovers",
        "says": "No child is left when the parent has ended.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "run")
    def run(original, self):
        time.sleep(1)
        original(self)


@when_imported("multiprocessing.util")
def plant_exit(util):
    import atexit

    def leave():
        mark()
        sys.stdout.flush()
        os._exit(0)

    atexit.register(leave)
