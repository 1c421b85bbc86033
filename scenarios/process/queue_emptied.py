"""Queues between processes: what two children put arrives whole, once, and in the order of each; emptied, they can be joined.

Alone: nox -s scenarios -- -k queue_emptied

    Queue, JoinableQueue, SimpleQueue    12 items of 0 to 300,000 characters, all whole     3.8 to 3.15
    afterwards                           empty() is true; get_nowait() and get(timeout) raise queue.Empty
"""

import multiprocessing as mp
import queue

from mpref_event import event

SIZES = (0, 300_000, 1, 5_000, 70_000, 100)  # the pipe beneath holds 65,536 bytes


def fill(q, child):
    for number, size in enumerate(SIZES):
        q.put((child, number, "abcdef"[number] * size))


def no_more(get, *given):
    try:
        return get(*given)
    except queue.Empty:
        return "Empty"


if __name__ == "__main__":
    for kind in ("Queue", "JoinableQueue", "SimpleQueue"):
        q = getattr(mp, kind)()
        children = [mp.Process(target=fill, args=(q, child)) for child in (0, 1)]
        [p.start() for p in children]
        items = [q.get() for _ in range(2 * len(SIZES))]
        order = [[number for child, number, _ in items if child == one] for one in (0, 1)]
        whole = [text == "abcdef"[number] * SIZES[number] for _, number, text in items]
        [p.join() for p in children]
        codes = [p.exitcode for p in children]
        last = [] if kind == "SimpleQueue" else [no_more(q.get_nowait), no_more(q.get, True, 0.01)]
        event("emptied", kind=kind, order=order, whole=all(whole), codes=codes, empty=q.empty(), last=last)
