"""A process's sentinel is that of a pipe which stays open after its end.

Documented (Process.sentinel): "A numeric handle of a system object which will become 'ready' when the process ends."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/sentinel",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "default",
        "says": "It ends by itself.",
    },
]

kept = []


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "start")
    def start(original, self):
        import os

        original(self)
        kept.append(os.pipe())
        mark()
        self._sentinel = kept[-1][0]
