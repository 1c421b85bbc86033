"""Forked while another thread is logging: the locks of logging are made anew in the child, other locks are not.

Alone: nox -s scenarios -- -k logging_lock

    held by a thread of the parent     free in the child     3.8 to 3.15
    a lock of one's own                no, for ever
    the lock of a logging handler      yes
"""

import logging
import os
import sys
import threading
import warnings

from mpref_event import event

warnings.simplefilter("ignore")  # of forking beside a thread
lock, held, done = threading.Lock(), threading.Event(), threading.Event()
handler = logging.StreamHandler(sys.stdout)
logging.getLogger().addHandler(handler)


def hold():
    with lock, handler.lock:
        held.set()
        done.wait()


thread = threading.Thread(target=hold)
thread.start()
held.wait()
pid = os.fork()
if pid == 0:
    event("child-asks", own=lock.acquire(blocking=False), handler=handler.lock.acquire(blocking=False))
    os._exit(0)
os.waitpid(pid, 0)
event("parent-asks", own=lock.acquire(blocking=False), handler=handler.lock.acquire(blocking=False))
done.set()
thread.join()
