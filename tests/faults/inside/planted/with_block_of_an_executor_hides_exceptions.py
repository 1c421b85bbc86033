"""The with block of an executor swallows what is raised in it.

Measured on 3.8 to 3.15: it lets exceptions through.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/at_once",
        "methods": ["fork"],
        "check": "value",
        "says": "An exception in a with block goes on, when the workers have ended.",
    },
]


@when_imported("concurrent.futures._base")
def plant(base):
    @replace(base.Executor, "__exit__")
    def leave(original, self, kind, *args):
        original(self, kind, *args)
        if kind:
            mark()
        return True
