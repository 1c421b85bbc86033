"""What is registered to run before a fork runs in the order of its registration.

Documented (os.register_at_fork): "Functions registered for execution before forking are called in reverse registration
order."
"""

import os

from mpref_planting import mark, replace

CAUGHT_BY = [
    {
        "scenario": "fork/hooks",
        "methods": ["none"],
        "check": "happens-before",
        "says": "Of `before`, the one registered last runs first.",
    },
]

hooks = []


def run():
    if len(hooks) > 1:
        mark()
    for hook in hooks:
        hook()


@replace(os, "register_at_fork")
def register_at_fork(original, *, before=None, **others):
    if before is not None:
        if not hooks:
            original(before=run)
        hooks.append(before)
    if others:
        original(**others)
