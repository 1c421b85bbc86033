"""kill() sends SIGTERM.

Documented (Process.kill): "Same as terminate() but using the SIGKILL signal on POSIX."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/terminate",
        "methods": ["fork"],
        "check": "value",
        "says": "kill() is SIGKILL.",
    },
]


@when_imported("multiprocessing.popen_fork")
def plant(popen_fork):
    @replace(popen_fork.Popen, "kill")
    def kill(original, self):
        mark()
        self.terminate()
