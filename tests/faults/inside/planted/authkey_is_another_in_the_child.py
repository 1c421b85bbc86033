"""A child has an authentication key of its own.

Documented (Process.authkey): "When a Process object is created, it will inherit the authentication key of its parent
process".
"""

import os

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/authkey",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "A child has its parent's key.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "_bootstrap")
    def bootstrap(original, self, *args, **kwargs):
        mark()
        self.authkey = os.urandom(32)
        return original(self, *args, **kwargs)
