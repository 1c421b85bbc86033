"""active_children() names one child at most.

Documented (multiprocessing.active_children): "Return list of all live children of the current process."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/unjoined",
        "methods": ["fork"],
        "check": "value",
        "says": "While they run, active_children() names all of them.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process, "active_children")
    def active_children(original):
        mark()
        return original()[:1]
