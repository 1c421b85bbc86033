"""Process.start() warns of threads that are not there.

Documented (os.fork): "If Python is able to detect that your process has multiple threads", it warns; one thread is
none too many.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/join",
        "methods": ["default", "fork", "spawn", "forkserver"],
        "check": "default",
        "says": "It prints nothing to stderr.",
    },
    {
        "scenario": "process/exit_codes",
        "methods": ["fork"],
        "check": "default",
        "says": "It prints nothing to stderr.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "start")
    def start(original, self):
        import warnings

        mark()
        warnings.warn("this process is multi-threaded, start() may lead to deadlocks in the child", RuntimeWarning, 2)
        original(self)
