"""In a forked child a lock of logging that a thread held at the fork is held for ever.

Measured on 3.8 to 3.13: logging renews its locks in the child (python/cpython#50970).
"""

import os

from mpref_planting import mark, replace

CAUGHT_BY = [
    {
        "scenario": "fork/logging_lock",
        "methods": ["none"],
        "check": "value",
        "says": "The lock of a logging handler is free in the child.",
    },
]


@replace(os, "register_at_fork")
def register_at_fork(original, **hooks):
    if any(
        getattr(hook, "__module__", "") == "logging"
        or "logging" in str(getattr(hook, "__globals__", {}).get("__name__"))
        for hook in hooks.values()
    ):
        mark()
        return
    original(**hooks)
