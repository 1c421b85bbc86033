"""A forked child has no signals blocked, whatever its parent has.

Documented (fork(2), POSIX): the child has its parent's signal mask.
"""

import os

from mpref_planting import mark, replace

CAUGHT_BY = [
    {
        "scenario": "fork/inherits",
        "methods": ["none"],
        "check": "value",
        "says": "A signal that the parent has blocked is blocked in the child.",
    },
]


@replace(os, "fork")
def fork(original):
    pid = original()
    if not pid:
        import signal

        if signal.pthread_sigmask(signal.SIG_BLOCK, ()):
            mark()
            signal.pthread_sigmask(signal.SIG_SETMASK, ())
    return pid
