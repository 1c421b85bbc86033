"""In a child parent_process() is None.

Documented (multiprocessing.parent_process): "Return the Process object corresponding to the parent process of the
current_process()."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "start_method/contexts",
        "methods": ["default"],
        "check": "default",
        "says": "It prints nothing to stderr.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process, "parent_process")
    def parent_process(original):
        if original() is not None:
            mark()
