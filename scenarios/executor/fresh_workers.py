"""max_tasks_per_child=1: every task has a worker of its own, from 3.11 on, and never by fork.

Alone: nox -s scenarios -- -k "executor and fresh_workers"

    3.8 to 3.10: TypeError    3.11 to 3.15: three spawned workers, ValueError by fork
"""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor

from mpref_event import event


def work(number):
    event("task-runs", number=number, name=multiprocessing.current_process().name.rstrip("-0123456789"))
    return os.getpid()


def ask(what, context):
    try:
        with ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=1) as executor:
            for number in range(3):
                event("result", number=number, worker=executor.submit(work, number).result())
    except (TypeError, ValueError) as error:
        event("refused", context=what, name=type(error).__name__, message=str(error))


if __name__ == "__main__":
    ask("none", None)
    if "fork" in multiprocessing.get_all_start_methods():
        ask("fork", multiprocessing.get_context("fork"))
