"""A program in which an exit handler raises has exit status 1.

Documented (atexit.register): the exception is printed; measured on 3.8 to 3.13: the exit status stays 0.
"""

import os
import sys

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/atexit_raises",
        "methods": ["fork", "spawn"],
        "check": "exit-status",
        "says": "The exit status is that of a program that ends well.",
    },
]


FAILED = []


def last():
    if FAILED:
        mark()
        sys.stdout.flush()
        os._exit(1)


@when_imported("atexit")
def plant(atexit):
    atexit.register(last)

    @replace(atexit, "register")
    def register(original, function, *args, **kwargs):
        def guarded():
            try:
                function(*args, **kwargs)
            except Exception:
                FAILED.append(function)
                raise

        return original(guarded)
