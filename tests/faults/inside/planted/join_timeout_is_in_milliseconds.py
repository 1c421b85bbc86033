"""join() takes its timeout for milliseconds.

Documented (Process.join): it blocks at most "timeout seconds".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/join_timeout",
        "methods": ["fork"],
        "check": "value",
        "says": "join(0.1) does wait.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "join")
    def join(original, self, timeout=None):
        if timeout:
            mark()
            timeout /= 1000
        original(self, timeout)
