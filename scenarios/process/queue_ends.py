"""A child's last words: close() and join_thread() see that all arrives; cancel_join_thread() lets the child end without.

Alone: nox -s scenarios -- -k queue_ends

    close(), join_thread(), os._exit()    all that was put arrives                                3.8 to 3.15
    cancel_join_thread()                  the child ends though nobody takes what it has put
"""

import multiprocessing as mp
import os

from mpref_event import event


def flush(q):
    for number in range(3):
        q.put(str(number) * 500_000)
    q.close()
    q.join_thread()
    os._exit(7)  # nothing else would wait for the queue


def give_up(q):
    q.put("x" * 10_000_000)
    q.cancel_join_thread()


if __name__ == "__main__":
    for end in (flush, give_up):
        q = mp.Queue()
        p = mp.Process(target=end, args=(q,))
        p.start()
        p.join(0.4 if end is flush else 0)  # nobody takes anything yet: the child has to wait for that
        items = [q.get() for _ in range(3)] if end is flush else []
        p.join()
        begin, sizes = [text[:1] for text in items], [len(text) for text in items]
        event("joined", end=end.__name__, exitcode=p.exitcode, begin=begin, sizes=sizes)
