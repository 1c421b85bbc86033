"""The fork server goes on after the end of the program.

Documented (contexts and start methods): the server serves the program that started it.
"""

import os
import time

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/join",
        "methods": ["forkserver"],
        "check": "default",
        "says": "After the grace period no process is left.",
    },
]


@when_imported("multiprocessing.forkserver")
def plant(forkserver):
    @replace(forkserver, "main")
    def main(original, *args, **kwargs):
        server = os.getpid()
        try:
            original(*args, **kwargs)
        finally:
            if os.getpid() == server:
                mark()
                time.sleep(600)
