"""Process.is_alive() is true for a child that has been joined.

Documented (Process.is_alive): "a process object is alive from the moment the start() method returns until the child
process terminates".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/join",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "After join() the child is not alive.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "is_alive")
    def is_alive(original, self):
        alive = original(self)
        if not alive:
            mark()
        return alive or self.exitcode is not None
