"""A forked child has the default handlers of signals.

Documented (contexts and start methods): under fork "the child process, when it begins, is effectively identical to the
parent process".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/signals",
        "methods": ["fork"],
        "check": "value",
        "says": "A forked child has its parent's handlers.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "_bootstrap")
    def bootstrap(original, self, *args, **kwargs):
        import signal

        for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGTERM):
            if callable(signal.getsignal(number)):
                mark()
                signal.signal(number, signal.SIG_DFL)
        return original(self, *args, **kwargs)
