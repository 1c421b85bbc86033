"""Which start method a program gets that chooses none.

Alone: nox -s scenarios -- -k default.toml

    Linux, 3.8 to 3.13      fork
    Linux, 3.14 and 3.15    forkserver
"""

import multiprocessing
from multiprocessing import Process

from mpref_event import event


def func():
    event("child-runs", method=multiprocessing.get_start_method())


if __name__ == "__main__":
    event(
        "parent-starts",
        methods=multiprocessing.get_all_start_methods(),
        chosen=multiprocessing.get_start_method(allow_none=True),
    )
    p = Process(target=func)
    p.start()
    p.join()
    event("joined", method=multiprocessing.get_start_method(), child=p.pid)
