"""A named semaphore that is gone is still registered with the resource tracker.

Documented (contexts and start methods): the tracker unlinks what was leaked; what was cleaned up is no leak.
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/daemon",
        "methods": ["spawn"],
        "check": "default",
        "says": "It prints nothing to stderr.",
    },
]


@when_imported("multiprocessing.resource_tracker")
def plant(resource_tracker):
    def unregister(name, rtype):
        mark()

    resource_tracker.unregister = unregister
    resource_tracker._resource_tracker.unregister = unregister
