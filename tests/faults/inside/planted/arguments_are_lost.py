"""A child's function gets a text of the argument's representation instead of the argument.

Documented (Process): "args is the argument tuple for the target invocation."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/join",
        "methods": ["spawn"],
        "check": "value",
        "says": "The child gets its argument.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "__init__")
    def init(original, self, *args, **kwargs):
        original(self, *args, **kwargs)
        if self._args == ("test",):
            mark()
            self._args = (repr("test"),)
