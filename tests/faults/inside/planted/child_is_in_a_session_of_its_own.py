"""A child is in a session of its own, so that Ctrl-C does not reach it.

Documented nowhere, because it is POSIX: a child is in its parent's session and process group.
"""

import os

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/signals",
        "methods": ["fork", "spawn"],
        "check": "same-pid",
        "says": "It is in the session of its parent.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "_bootstrap")
    def bootstrap(original, self, *args, **kwargs):
        mark()
        os.setsid()
        return original(self, *args, **kwargs)
