"""The resource tracker leaves the semaphores of a program that died.

Documented (contexts and start methods): "When all processes have exited the resource tracker unlinks any remaining tracked
object", such as named semaphores.
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "start_method/tracker_clears",
        "methods": ["spawn", "forkserver"],
        "check": "value",
        "says": "Afterwards neither is.",
    },
]


@when_imported("multiprocessing.resource_tracker")
def plant(resource_tracker):
    resource_tracker._CLEANUP_FUNCS["semaphore"] = lambda name: mark()
