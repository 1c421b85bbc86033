"""Process.exitcode of a child that a signal ended is the signal's number without the minus.

Documented (Process.exitcode): "If the child terminated due to a signal N, the exit code will be the negative value
-N."
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/exit_codes",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "A child that SIGTERM ended has exit code -15.",
    },
    {
        "scenario": "process/segfault",
        "methods": ["fork"],
        "check": "value",
        "says": "The exit code is the number of the signal with a minus.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    sound = process.BaseProcess.exitcode

    def exitcode(self):
        code = sound.fget(self)
        if code is not None and code < 0:
            mark()
            return -code
        return code

    process.BaseProcess.exitcode = property(exitcode)
