"""The resource tracker does not warn of what was leaked.

Documented (contexts and start methods) is that it unlinks; measured on 3.8 to 3.15: it warns of how many objects.
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "start_method/tracker_clears",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "A program that is killed is told which block the tracker had to unlink.",
    },
]


@when_imported("multiprocessing.resource_tracker")
def plant(resource_tracker):
    class Silent:
        @staticmethod
        def warn(*args, **kwargs):
            mark()

    resource_tracker.warnings = Silent
