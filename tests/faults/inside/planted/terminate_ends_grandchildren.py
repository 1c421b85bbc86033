"""terminate() ends the children of the child, too.

Documented (Process.terminate): "Note that descendant processes of the process will not be terminated -- they will simply
become orphaned."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/descendants",
        "methods": ["fork", "spawn"],
        "check": "value",
        "says": "When the child is terminated, it still answers.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "terminate")
    def terminate(original, self):
        import os
        import signal

        with open("/proc/%d/task/%d/children" % (self.pid, self.pid)) as file:
            for pid in file.read().split():
                mark()
                os.kill(int(pid), signal.SIGTERM)
        original(self)
