"""imap() gives each result as soon as it and all before it are there, but a thread reads the whole input at once.

Alone: nox -s scenarios -- -k "pool and imap and not unordered"

    all four items read before next(), result 0 before task 1 ends: fork, spawn, forkserver, 3.8 to 3.15
"""

import threading
from multiprocessing import Event, Pool

from mpref_event import event


def setup(*gates):
    global opened, others_done
    opened, others_done = gates


def work(number):
    if number == 1:
        opened.wait()
    event("task-ends", number=number)
    if number == 3:
        others_done.set()
    return number


def numbers():
    for number in range(4):
        event("consumed", number=number, main=threading.current_thread() is threading.main_thread())
        yield number
    all_read.set()


if __name__ == "__main__":
    all_read = threading.Event()
    with Pool(2, setup, (gate := Event(), all_but_one := Event())) as pool:
        results = pool.imap(work, numbers())
        all_read.wait()  # before anybody asks for a result
        event("first", value=next(results), iterator=iter(results) is results)  # task 1 waits
        all_but_one.wait()
        gate.set()
        event("rest", values=list(results))
