"""After start() Process.pid is the pid of the parent.

Documented (Process.pid): "Return the process ID. Before the process is spawned, this will be None."
"""

import os

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/segfault",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "same-pid",
        "says": "It is the child that has crashed.",
    },
    {
        "scenario": "start_method/default",
        "methods": ["default"],
        "check": "same-pid",
        "says": "The parent knows the pid of its child.",
    },
    {
        "scenario": "process/join",
        "methods": ["spawn"],
        "check": "value",
        "says": "After start() the pid is that of the child.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    sound = process.BaseProcess.ident

    def ident(self):
        if sound.fget(self) is None:
            return None
        mark()
        return os.getpid()

    process.BaseProcess.ident = process.BaseProcess.pid = property(ident)
