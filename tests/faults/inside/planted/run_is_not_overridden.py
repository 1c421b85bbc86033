"""A subclass's run() is not called: its target is.

Documented (Process.run): "You may override this method in a subclass."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/subclass",
        "methods": ["fork", "spawn"],
        "check": "count",
        "says": "run() runs twice: once called, once started.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "_bootstrap")
    def bootstrap(original, self, *args, **kwargs):
        if type(self).run is not process.BaseProcess.run:
            mark()
            self.run = lambda: process.BaseProcess.run(self)
        return original(self, *args, **kwargs)
