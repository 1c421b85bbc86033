"""A spawned child inherits all open files of its parent.

Documented (contexts and start methods): "unnecessary file descriptors and handles from the parent process will not be
inherited".
"""

import os

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/descriptors",
        "methods": ["spawn"],
        "check": "value",
        "says": "A child has none of its parent's files, not even one that was made inheritable.",
    },
]


@when_imported("multiprocessing.util")
def plant(util):
    @replace(util, "spawnv_passfds")
    def spawnv_passfds(original, path, args, passfds):
        found = [
            fd for fd in map(int, os.listdir("/proc/self/fd")) if fd > 2 and os.path.exists("/proc/self/fd/%d" % fd)
        ]
        mark()
        return original(path, args, sorted({*passfds, *found}))
