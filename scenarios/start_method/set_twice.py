"""A start method can be set once only, unless by force.

Alone: nox -s scenarios -- -k set_twice

    first      by force     again
    spawn      spawn        RuntimeError, 3.8 to 3.15
"""

import multiprocessing

from mpref_event import event

if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    event("set", method=multiprocessing.get_start_method())
    multiprocessing.set_start_method("spawn", force=True)
    event("forced", method=multiprocessing.get_start_method())
    multiprocessing.set_start_method("spawn")
    event("set-again")
