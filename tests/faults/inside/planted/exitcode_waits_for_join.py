"""Process.exitcode is None until somebody has joined the process.

Documented (Process.exitcode): "This will be None if the process has not yet terminated."
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/unjoined",
        "methods": ["fork", "spawn"],
        "check": "value",
        "says": "exitcode is known without join().",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    sound = process.BaseProcess.exitcode

    def exitcode(self):
        if self._popen in (None, self) or self._popen.returncode is not None:
            return sound.fget(self)
        mark()
        return None

    process.BaseProcess.exitcode = property(exitcode)
