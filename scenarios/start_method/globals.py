"""A global changed under the guard: what does the child see?

Alone: nox -s scenarios -- -k globals

                child sees     in module       3.8 to 3.15
    fork        as changed     __main__        every run
    spawn       as written     __mp_main__     every run
    forkserver  as written     __mp_main__     every run
"""

import multiprocessing
from multiprocessing import Process

from mpref_event import event

setting = "as written"


def func():
    event("child-runs", setting=setting, module=__name__, method=multiprocessing.get_start_method())


if __name__ == "__main__":
    setting = "as changed"
    event("parent-starts", setting=setting, module=__name__, method=multiprocessing.get_start_method())
    p = Process(target=func)
    p.start()
    p.join()
    event("joined", exitcode=p.exitcode)
