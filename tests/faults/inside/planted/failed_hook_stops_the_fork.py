"""An exception in a hook that is to run before a fork is raised by os.fork(), and nothing is forked.

Measured on 3.8 to 3.13: what a hook raises is printed and ignored; the other hooks run, and the process is forked.
"""

import os

from mpref_planting import mark, replace

CAUGHT_BY = [
    {
        "scenario": "fork/hook_raises",
        "methods": ["none"],
        "check": "count",
        "says": "The process is forked all the same.",
    },
]


HOOKS = []


@replace(os, "register_at_fork")
def register_at_fork(original, before=None, **hooks):
    if before:
        HOOKS.insert(0, before)
    if hooks:
        original(**hooks)


@replace(os, "fork")
def fork(original):
    for hook in HOOKS:
        mark()
        hook()
    return original()
