"""A Future has no running().

Documented (Future.running): "Return True if the call is currently being executed and cannot be cancelled."
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "surface/future",
        "methods": ["none"],
        "check": "value",
        "says": "The signature is running(self).",
    },
]


@when_imported("concurrent.futures._base")
def plant(base):
    del base.Future.running
    mark()
