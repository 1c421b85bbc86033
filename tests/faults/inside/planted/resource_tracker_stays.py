"""The resource tracker goes on after the end of the program.

Documented (contexts and start methods): the tracker lives as long as the program and its children do.
"""

import time

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/join",
        "methods": ["spawn", "forkserver"],
        "check": "default",
        "says": "After the grace period no process is left.",
    },
]


@when_imported("multiprocessing.resource_tracker")
def plant(resource_tracker):
    @replace(resource_tracker, "main")
    def main(original, fd):
        try:
            original(fd)
        finally:
            mark()
            time.sleep(600)
