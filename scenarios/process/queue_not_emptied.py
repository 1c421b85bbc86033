"""A deadlock: joining a child whose queue nobody empties.

Alone: nox -s scenarios -- -k queue_not_emptied

    blocked under fork, spawn and forkserver, 3.8 to 3.15
"""

from multiprocessing import Process, Queue

from mpref_event import event


def fill(queue):
    queue.put("x" * 10_000_000)  # much more than the pipe beneath the queue can hold
    event("child-puts")


if __name__ == "__main__":
    queue = Queue()
    p = Process(target=fill, args=(queue,))
    p.start()
    event("parent-joins")
    p.join()  # the child cannot end before its data are taken, and nobody takes them
    event("joined")
    queue.get()
