"""active_children() still lists children that have ended, and leaves them to be reaped.

Documented (multiprocessing.active_children): "Calling this has the side effect of 'joining' any processes which have
already finished."
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/reaping",
        "methods": ["fork", "spawn"],
        "check": "value",
        "says": "active_children() does not list it.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    def active_children():
        mark()
        return list(process._children)

    process.active_children = active_children
