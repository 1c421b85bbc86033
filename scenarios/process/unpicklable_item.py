"""What cannot be pickled does not go into a queue, and does not stop it: a Queue's thread says so, a SimpleQueue raises.

Alone: nox -s scenarios -- -k unpicklable_item

    Queue(1)       a traceback on stderr; its place is free again, the next item arrives     3.8 to 3.15
    SimpleQueue    put() raises, the next item arrives
"""

from multiprocessing import Process, Queue, SimpleQueue
from threading import Lock

from mpref_event import event


def func(q, simple):
    q.put(Lock())
    q.put("after")  # waits until there is room
    try:
        simple.put(Lock())
    except Exception as error:
        event("child-refused", name=type(error).__name__)
    simple.put("after")


if __name__ == "__main__":
    q, simple = Queue(1), SimpleQueue()
    p = Process(target=func, args=(q, simple))
    p.start()
    event("parent-gets", queue=q.get(), simple=simple.get())
    p.join()
    event("joined", exitcode=p.exitcode, empty=[q.empty(), simple.empty()])
