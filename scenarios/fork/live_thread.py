"""fork() copies the thread that calls it and no other; a lock that another thread held stays locked for ever.

Alone: nox -s scenarios -- -k "live_thread and not error and fork/"

                     3.8 to 3.11        3.12 to 3.15
    stderr           empty              DeprecationWarning, in the parent
    child's threads  1 of 2             1 of 2
    child's lock     locked             locked
"""

import os
import threading
import warnings

from mpref_event import event

warnings.simplefilter("default")
lock, held, done = threading.Lock(), threading.Event(), threading.Event()


def hold():
    with lock:
        held.set()
        done.wait()


thread = threading.Thread(target=hold)
thread.start()
held.wait()
pid = os.fork()
if pid == 0:
    event("child-runs", threads=threading.active_count(), alive=thread.is_alive(), got=lock.acquire(blocking=False))
    os._exit(0)
os.waitpid(pid, 0)
event("child-reaped", threads=threading.active_count(), alive=thread.is_alive())
done.set()
thread.join()
event("thread-joined", threads=threading.active_count(), got=lock.acquire(blocking=False))
