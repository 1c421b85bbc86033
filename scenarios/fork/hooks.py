"""os.register_at_fork(): what runs before a fork, and after it in each process, and in which order.

Alone: nox -s scenarios -- -k hooks

    registered           a, then b           3.8 to 3.15
    before               b, a    in the parent
    after_in_parent      a, b    in the parent
    after_in_child       a, b    in the child
"""

import os

from mpref_event import event


def hooks(name):
    moments = ("before", "after_in_parent", "after_in_child")
    return {moment: lambda moment=moment: event("hook-runs", moment=moment, name=name) for moment in moments}


os.register_at_fork(**hooks("a"))
os.register_at_fork(**hooks("b"))
event("parent-forks")
pid = os.fork()
if pid == 0:
    event("child-runs")
else:
    event("parent-goes-on")
    os.waitpid(pid, 0)
