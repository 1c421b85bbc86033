"""At its end a program terminates its children, be they daemonic or not.

Documented (Process.daemon): only daemonic children are terminated; the others are joined.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/daemon",
        "methods": ["fork", "spawn"],
        "check": "count",
        "says": "The other one does: the parent waits for it.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process, "active_children")
    def active_children(original):
        children = original()
        for child in children:
            if not child.daemon:
                mark()
                child.terminate()
        return children
