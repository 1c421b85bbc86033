"""Process.pid is 0 before the process is started.

Documented (Process.pid): "Before the process is spawned, this will be None."
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/join",
        "methods": ["fork"],
        "check": "value",
        "says": "A Process that is not started has no pid: it is no process yet.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    sound = process.BaseProcess.ident

    def ident(self):
        pid = sound.fget(self)
        if pid is None:
            mark()
            return 0
        return pid

    process.BaseProcess.ident = process.BaseProcess.pid = property(ident)
