"""The authentication key of a process can be pickled like any text.

Documented nowhere; measured on 3.8 to 3.13: pickling it is a TypeError unless a process is being started, for reasons of
security.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/authkey",
        "methods": ["fork"],
        "check": "count",
        "says": "The key cannot be pickled, lest it gets about.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.AuthenticationString, "__reduce__")
    def reduce(original, self):
        mark()
        return process.AuthenticationString, (bytes(self),)
