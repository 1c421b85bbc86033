"""terminate() lets the child run its exit handlers and finally clauses.

Documented (Process.terminate): "Note that exit handlers and finally clauses, etc., will not be executed."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/terminate",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "count",
        "says": "No finally clause and no exit handler runs in any of them.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "_bootstrap")
    def bootstrap(original, self, *args, **kwargs):
        import signal
        import sys

        def end(number, frame):
            mark()
            sys.exit(-number)

        if signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
            signal.signal(signal.SIGTERM, end)
        return original(self, *args, **kwargs)
