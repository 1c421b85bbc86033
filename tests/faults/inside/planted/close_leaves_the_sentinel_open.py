"""Process.close() does not close the descriptor of the sentinel.

Documented (Process.close): "Close the Process object, releasing all resources associated with it."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/descriptors",
        "methods": ["fork", "spawn"],
        "check": "value",
        "says": "After close() the parent has no more files open than before.",
    },
]


@when_imported("multiprocessing.popen_fork")
def plant(popen_fork):
    @replace(popen_fork.Popen, "close")
    def close(original, self):
        mark()
        LEFT.append(self)


LEFT = []
