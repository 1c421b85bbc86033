"""A hook of register_at_fork() that raises: the error is printed and goes no further.

Alone: nox -s scenarios -- -k hook_raises

    the hook runs       errors printed     the other hooks    the fork        3.8 to 3.15
    before              1, by the parent   run                takes place
    after_in_parent     1, by the parent   run                has taken place
    after_in_child      1, by the child    run                has taken place
"""

import os
from functools import partial

from mpref_event import event

MOMENTS = ("before", "after_in_parent", "after_in_child")


def run(moment):
    event("hook-runs", moment=moment)


def fail(moment):
    event("hook-raises", moment=moment)
    raise LookupError(f"raised in {moment}")


for what in (run, fail, run):
    os.register_at_fork(**{moment: partial(what, moment) for moment in MOMENTS})
pid = os.fork()
if pid == 0:
    event("child-runs")
else:
    event("child-reaped", status=os.waitpid(pid, 0)[1])
