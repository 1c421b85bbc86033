"""Unguarded, and the program itself chooses forkserver: who runs the program anew depends on the exact release.

Alone: nox -s scenarios -- -k unguarded_chooses_forkserver

    3.8 - 3.13.0        the child, which fails where it chooses again; the program goes on, 0
    3.13.18, 3.14.10    the server, which chooses, is refused at start() and dies; the program fails, 1
    3.15.2              the server, whose failure is passed over, and then the child, as above; 0
"""

from multiprocessing import Process, set_start_method

from mpref_event import event


def func():
    event("child-runs", module=__name__)


event("program-runs", module=__name__)
set_start_method("forkserver")
event("chosen", module=__name__)
p = Process(target=func)
p.start()
p.join()
event("joined", module=__name__, exitcode=p.exitcode)
