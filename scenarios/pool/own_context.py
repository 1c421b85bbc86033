"""The Pool of a context takes the start method of the context, whatever the default is.

Alone: nox -s scenarios -- -k "pool and own_context"

    each method's workers beside each default: fork, spawn, forkserver, 3.8 to 3.15
"""

import multiprocessing

from mpref_event import event


def work(method):
    event("task-runs", method=method)
    return multiprocessing.current_process().name


if __name__ == "__main__":
    default = multiprocessing.get_start_method()
    for method in multiprocessing.get_all_start_methods():
        with multiprocessing.get_context(method).Pool(1) as pool:
            name = pool.apply(work, (method,))
        event("result", method=method, named=name.lower().startswith(f"{method}pool"))
    event("default", kept=multiprocessing.get_start_method() == default)
