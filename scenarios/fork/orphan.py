"""A child outlives its parent: nobody ends it, and another process adopts it.

Alone: nox -s scenarios -- -k orphan

                            the child's parent   3.8 to 3.15
    while the parent lives  the parent           every run
    afterwards              1 (here)             every run
"""

import os
import time

from mpref_event import event

ready, tell = os.pipe()
parent = os.getpid()

if os.fork() == 0:
    event("child-runs")
    os.write(tell, b"!")
    while os.getppid() == parent:  # the parent is about to end
        time.sleep(0.01)
    event("child-orphaned")
    time.sleep(60)  # nobody waits for this process any more
    event("child-ends")
else:
    os.read(ready, 1)  # the child runs
    event("parent-ends")
