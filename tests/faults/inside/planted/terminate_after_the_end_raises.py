"""terminate() of a process that has ended raises ProcessLookupError.

Measured on 3.8 to 3.13: it does nothing.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/unjoined",
        "methods": ["fork"],
        "check": "value",
        "says": "terminate() of a child that has ended does nothing.",
    },
]


@when_imported("multiprocessing.popen_fork")
def plant(popen_fork):
    @replace(popen_fork.Popen, "_send_signal")
    def send_signal(original, self, sig):
        if self.returncode is not None:
            mark()
            raise ProcessLookupError(3, "No such process")
        original(self, sig)
