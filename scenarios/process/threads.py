"""Threads: start() may be called in one, the child's function runs in a main thread, and the child waits for its own.

Alone: nox -s scenarios -- -k "process and threads"

    the child's threads      fork, spawn, forkserver, 3.8 to 3.15
    at first                 one, the main thread
    its own                  end before it does; by fork start() warns: -X dev, from 3.12 on, and raises: -W error, 3.15
"""

import threading
import time
from multiprocessing import Process

from mpref_event import event


def linger():
    time.sleep(0.3)
    event("thread-ends")


def func():
    main = threading.current_thread() is threading.main_thread()
    event("child-runs", main=main, threads=threading.active_count())
    threading.Thread(target=linger).start()  # and nobody joins it
    event("function-ends")


def start():
    p = Process(target=func)
    p.start()
    p.join()
    main = threading.current_thread() is threading.main_thread()
    event("joined", main=main, exitcode=p.exitcode)


if __name__ == "__main__":
    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
