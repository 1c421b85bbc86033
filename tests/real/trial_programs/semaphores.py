"""Makes a semaphore with a name, opens another's, then forks for ever, waits for ever, or leaves a child behind."""

import multiprocessing
import os
import sys
import time
from _multiprocessing import SemLock

theirs, how = sys.argv[1:]
own = multiprocessing.get_context("spawn").Lock()
opened = SemLock._rebuild(0, 1, 1, theirs)
print(own._semlock.name, flush=True)
while how == "waits":
    time.sleep(600)
while how == "forks":
    try:
        os.fork()
    except OSError:
        pass
if os.fork() == 0:
    time.sleep(600)
os._exit(0)
