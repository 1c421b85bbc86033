"""A queue that is full raises queue.Full until another process takes something; a closed one raises ValueError.

Alone: nox -s scenarios -- -k queue_limits

    Queue(2)    full() after two; put(timeout) and put_nowait() raise Full; after a child's get() there is room     3.8 to 3.15
    close()     put() and get() raise ValueError
"""

import multiprocessing as mp
import queue

from mpref_event import event


def attempt(step, call, *args):
    try:
        event("tried", step=step, came=call(*args))
    except (queue.Full, ValueError) as error:
        event("tried", step=step, came=type(error).__name__)


def take(q, gate):
    gate.wait()
    attempt("take in the child", q.get)


if __name__ == "__main__":
    q, gate = mp.Queue(2), mp.Event()
    p = mp.Process(target=take, args=(q, gate))
    p.start()  # before anything is put, for which a thread is begun
    attempt("put the first", q.put, "first", False)
    attempt("full of one", q.full)
    attempt("put the second", q.put_nowait, "second")
    attempt("full of two", q.full)
    attempt("put the third", q.put_nowait, "third")
    attempt("put the third with a timeout", q.put, "third", True, 0.01)
    gate.set()
    p.join()
    attempt("full when one was taken", q.full)
    attempt("put when one was taken", q.put_nowait, "fourth")
    attempt("take the second", q.get)
    attempt("take the fourth", q.get)
    q.close()
    attempt("put after close", q.put, "fifth")
    attempt("get after close", q.get, False)
