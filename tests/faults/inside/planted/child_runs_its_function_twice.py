"""A child runs its function twice.

Documented (Process.run): "The standard run() method invokes the callable object passed to the object's constructor";
once.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/join",
        "methods": ["default", "fork", "spawn", "forkserver"],
        "check": "count",
        "says": "One child runs the function, once.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "run")
    def run(original, self):
        original(self)
        mark()
        original(self)
