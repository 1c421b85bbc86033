"""Process.start() runs the function in the parent and makes no process.

Documented (Process.start): "It arranges for the object's run() method to be invoked in a separate process."
"""

import os

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/join",
        "methods": ["fork"],
        "check": "distinct-pids",
        "says": "The child is another process.",
    },
    {
        "scenario": "process/exit_codes",
        "methods": ["fork"],
        "check": "default",
        "says": "Its exit status is 0.",
    },
]


class NoProcess:
    returncode = 0
    sentinel = None

    def __init__(self, process_obj):
        mark()
        self.pid = os.getpid()
        process_obj.run()

    def poll(self, flag=0):
        return 0

    def wait(self, timeout=None):
        return 0


@when_imported("multiprocessing.popen_fork")
def plant(popen_fork):
    popen_fork.Popen = NoProcess
