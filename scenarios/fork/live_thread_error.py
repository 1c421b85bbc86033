"""fork() beside a live thread where warnings are errors: silent for three versions, and then an error that comes too late.

Alone: nox -s scenarios -- -k "live_thread_error and fork/"

                      fork()                         the child
    3.8 to 3.11       returns                        runs
    3.12 to 3.14      returns, the warning is lost   runs
    3.15              raises in the parent           runs, and nobody knows its pid
"""

import os
import threading
import warnings

from mpref_event import event

warnings.simplefilter("error")
done = threading.Event()
thread = threading.Thread(target=done.wait)
thread.start()
try:
    pid = os.fork()
    if pid == 0:
        event("child-runs")
        os._exit(7)
    event("fork-returned")
except DeprecationWarning as warning:
    event("fork-raised", message=str(warning))
reaped, status = os.wait()
event("child-reaped", reaped=reaped, code=status >> 8)
done.set()
thread.join()
