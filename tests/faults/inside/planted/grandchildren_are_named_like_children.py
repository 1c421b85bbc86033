"""The name of a grandchild does not tell whose child it is.

Documented (Process.name): "a unique name is constructed, of the form 'Process-N1:N2:...:Nk', where each Nk is the N-th child
of its parent."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/inherited",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "In a child the numbers begin anew, behind its own.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "__init__")
    def init(original, self, *args, **kwargs):
        original(self, *args, **kwargs)
        if len(self._identity) > 1 and ":" in self._name:
            mark()
            self._name = type(self).__name__ + "-" + str(self._identity[-1])
