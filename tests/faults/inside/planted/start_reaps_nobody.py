"""Process.start() leaves the children that have ended as they are.

Documented (programming guidelines): "each time a new process starts (or active_children() is called) all completed
processes which have not yet been joined will be joined".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/unjoined",
        "methods": ["fork", "spawn"],
        "check": "value",
        "says": "The start of another process has reaped the third.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    sound = process._cleanup

    @replace(process, "active_children")
    def active_children(original):
        sound()
        return original()

    @replace(process, "_cleanup")
    def cleanup(original):
        mark()
