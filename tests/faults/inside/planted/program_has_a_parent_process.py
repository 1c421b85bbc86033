"""In the program itself parent_process() returns its own process.

Documented (multiprocessing.parent_process): "For the main process, parent_process will be None."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/inherited",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "It has no parent_process().",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process, "parent_process")
    def parent_process(original):
        found = original()
        if found is None:
            mark()
            return process.current_process()
        return found
