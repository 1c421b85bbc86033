"""Unguarded, and the program itself chooses spawn: the child runs the program anew and fails where it chooses again.

Alone: nox -s scenarios -- -k unguarded_chooses_spawn

    the child: RuntimeError, context has already been set; the program: goes on, 0     3.8 to 3.15
"""

from multiprocessing import Process, set_start_method

from mpref_event import event


def func():
    event("child-runs", module=__name__)


event("program-runs", module=__name__)
set_start_method("spawn")
event("chosen", module=__name__)
p = Process(target=func)
p.start()
p.join()
event("joined", module=__name__, exitcode=p.exitcode)
