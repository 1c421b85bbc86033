"""An executor that is forgotten keeps its workers until the program ends.

Measured on 3.8 to 3.15: its workers end when its tasks are done.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/collected",
        "methods": ["fork"],
        "check": "value",
        "says": "Then its workers end, long before the program does.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    executors = []

    @replace(process.ProcessPoolExecutor, "__init__")
    def init(original, self, *args, **kwargs):
        mark()
        executors.append(self)
        original(self, *args, **kwargs)
