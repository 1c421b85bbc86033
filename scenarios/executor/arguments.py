"""How many workers an executor may have, and the context that it takes them from.

Alone: nox -s scenarios -- -k "executor and arguments"

    0 refused, 61 and 62 accepted on Linux; spawn in the worker: 3.8 to 3.15
"""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from mpref_event import event


def method():
    event("task-runs")
    return multiprocessing.get_start_method(), multiprocessing.current_process().name


if __name__ == "__main__":
    for size in (0, -1, 61, 62):
        try:
            ProcessPoolExecutor(size)  # no process yet
            event("accepted", size=size, children=len(multiprocessing.active_children()))
        except ValueError as error:
            event("refused", size=size, message=str(error))
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as executor:
        there, name = executor.submit(method).result()
        event("context", method=there, name=name.rstrip("-0123456789"))
