"""A ProcessPoolExecutor has a public method that nobody has announced.

Documented (concurrent.futures): its methods are submit(), map() and shutdown(), from 3.14 on two more.
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "surface/executor",
        "methods": ["none"],
        "check": "default",
        "says": "Every event that it records is declared.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    process.ProcessPoolExecutor.drain = lambda self: None
    mark()
