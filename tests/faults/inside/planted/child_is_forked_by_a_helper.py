"""Under fork a process in between forks the child and waits for it.

Documented (contexts and start methods): under fork "the parent process uses os.fork() to fork the Python
interpreter".
"""

import os

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/join",
        "methods": ["fork"],
        "check": "child-of",
        "says": "The child's parent is the process that started it.",
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
    @replace(process.BaseProcess, "_bootstrap")
    def bootstrap(original, self, *args, **kwargs):
        mark()
        child = os.fork()
        if child:
            return os.WEXITSTATUS(os.waitpid(child, 0)[1])
        return original(self, *args, **kwargs)
