"""Unguarded, and the program itself chooses fork: all is well on every version, the default notwithstanding.

Alone: nox -s scenarios -- -k unguarded_chooses_fork.toml

    the program runs once, the child runs its function: 3.8 to 3.15
"""

from multiprocessing import Process, set_start_method

from mpref_event import event


def func():
    event("child-runs", module=__name__)


event("program-runs", module=__name__)
set_start_method("fork")
event("chosen", module=__name__)
p = Process(target=func)
p.start()
p.join()
event("joined", module=__name__, exitcode=p.exitcode)
