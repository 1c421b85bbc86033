"""A callback that raises is logged, and all goes on. In a Pool get() would wait for ever.

Alone: nox -s scenarios -- -k "executor and callback_raises"

    logged, both results come: 3.8 to 3.15
"""

import threading
from concurrent.futures import ProcessPoolExecutor

from mpref_event import event


def bad(future):
    event("bad", value=future.result(), main=threading.current_thread() is threading.main_thread())
    raise RuntimeError("not my day")


def good(future):
    event("good", value=future.result(), main=threading.current_thread() is threading.main_thread())


if __name__ == "__main__":
    event("parent-starts")
    with ProcessPoolExecutor(1) as executor:
        future = executor.submit(int, "7")
        future.add_done_callback(bad)
        future.add_done_callback(good)
        event("results", values=[future.result(), executor.submit(int, "8").result()])
    late = []
    future.add_done_callback(lambda _: late.append(threading.current_thread() is threading.main_thread()))
    event("late", main=late)  # it is done: called at once, here
