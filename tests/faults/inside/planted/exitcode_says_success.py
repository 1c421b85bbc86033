"""Process.exitcode is 0 however the child ended.

Documented (Process.exitcode): "If the child terminated via sys.exit() with an integer argument N, the exit code will
be N."
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/exception_in_child",
        "methods": ["fork", "spawn"],
        "check": "value",
        "says": "The exit code is 1.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    sound = process.BaseProcess.exitcode

    def exitcode(self):
        code = sound.fget(self)
        if code:
            mark()
        return code and 0

    process.BaseProcess.exitcode = property(exitcode)
