"""An exception in a child is not printed.

Documented (Process.exitcode): "If the child terminated due to an exception not caught within run(), the exit code
will be 1"; the traceback goes to stderr.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/exception_in_child",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "exception",
        "says": "The child prints the traceback of what its function raised.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "run")
    def run(original, self):
        try:
            original(self)
        except Exception:
            mark()
            raise SystemExit(1) from None
