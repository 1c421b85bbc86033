"""Unguarded, and the program takes a context of its own: the child runs the program anew and is refused at start().

Alone: nox -s scenarios -- -k unguarded_context

    the child: RuntimeError at start(); the program: goes on, 0     3.8 to 3.15
"""

from multiprocessing import get_context

from mpref_event import event


def func():
    event("child-runs", module=__name__)


event("program-runs", module=__name__)
p = get_context("spawn").Process(target=func)
p.start()
p.join()
event("joined", module=__name__, exitcode=p.exitcode)
