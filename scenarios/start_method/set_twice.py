"""A start method can be set once only, unless by force.

Alone: nox -s scenarios -- -k set_twice

    first      by force                 again
    spawn      the first of the list    RuntimeError, 3.8 to 3.15
"""

import multiprocessing

from mpref_event import event

if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    event("set", method=multiprocessing.get_start_method())
    other = multiprocessing.get_all_start_methods()[0]  # not spawn, where there is another
    multiprocessing.set_start_method(other, force=True)
    event("forced", method=multiprocessing.get_start_method(), asked=other)
    multiprocessing.set_start_method(other)
    event("set-again")
