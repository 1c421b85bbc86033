"""The text of a Process that has ended says "started".

Measured on 3.8 to 3.13: it says "stopped" and the exit code.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/shown",
        "methods": ["default"],
        "check": "value",
        "says": "A signal that ended it is shown by its name.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "__repr__")
    def represent(original, self):
        text = original(self)
        if " stopped" in text:
            mark()
        return text.partition(" stopped")[0] + " started>" if " stopped" in text else text
