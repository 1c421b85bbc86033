"""Process.join() without a timeout returns after a second, child ended or not.

Documented (Process.join): "If the optional argument timeout is None (the default), the method blocks until the
process [...] terminates."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/queue_not_emptied",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "hang",
        "says": "Both are blocked: the parent in join(), the child at its end.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "join")
    def join(original, self, timeout=None):
        original(self, 1 if timeout is None else timeout)
        if self.exitcode is None:
            mark()
