"""Process.ident of a started process is not its pid.

Documented (threading.Thread's counterpart): ident and pid of a Process are the same.
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/shown",
        "methods": ["default"],
        "check": "value",
        "says": "ident is the pid of the running child.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    sound = process.BaseProcess.ident

    def ident(self):
        pid = sound.fget(self)
        if pid is None:
            return None
        mark()
        return pid + 1

    process.BaseProcess.ident = property(ident)
