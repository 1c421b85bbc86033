"""terminate_workers() and kill_workers() end the workers amid their tasks, which raise BrokenProcessPool. From 3.14 on.

Alone: nox -s scenarios -- -k "executor and stopped_workers"

    exit code -15 by terminate, -9 by kill: 3.14, 3.15, fork, spawn, forkserver    no such methods: 3.8 to 3.13
"""

import multiprocessing
import threading
from concurrent.futures import ProcessPoolExecutor

from mpref_event import event


def setup(*events):
    global began, end
    began, end = events


def work():
    began.set(), end.wait()
    event("task-ends")


def ask(how):
    began, end = gates = multiprocessing.Event(), multiprocessing.Event()
    executor = ProcessPoolExecutor(1, initializer=setup, initargs=gates)
    future, (worker,) = executor.submit(work), multiprocessing.active_children()
    began.wait()
    getattr(executor, how, end.set)()
    event("result", how=how, raises=type(future.exception()).__name__)
    executor.shutdown()
    for thread in set(threading.enumerate()) - {threading.main_thread()}:
        thread.join()  # the executor's, which shutdown() has forgotten: it joins the workers
    event("ended", how=how, code=worker.exitcode)


if __name__ == "__main__":
    ask("terminate_workers"), ask("kill_workers")
