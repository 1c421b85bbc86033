"""At its end a program leaves its daemonic children alone.

Documented (Process.daemon): "When a process exits, it attempts to terminate all of its daemonic child processes."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/daemon",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "leftovers",
        "says": "Neither is left when the parent has ended.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process, "active_children")
    def active_children(original):
        children = original()
        if any(child.daemon for child in children):
            mark()
        return [child for child in children if not child.daemon]
