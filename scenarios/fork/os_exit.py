"""os._exit() ends a child on the spot: no finally, no atexit handler, and what it printed is lost.

Alone: nox -s scenarios -- -k os_exit

    the child leaves by       finally    atexit    its buffer     status   3.8 to 3.15
    os._exit(3)               no         no        is lost        3
    sys.exit(4)               runs       runs      is written     4
"""

import atexit
import os
import sys

from mpref_event import event

leave = "the program's end"
atexit.register(lambda: event("atexit-runs", by=leave))
print("before the forks")

for leave in ("os._exit", "sys.exit"):
    pid = os.fork()
    if pid == 0:
        try:
            print(f"child that leaves by {leave}")
            os._exit(3) if leave == "os._exit" else sys.exit(4)
        finally:
            event("finally-runs", by=leave)
    event("child-reaped", by=leave, code=os.waitpid(pid, 0)[1] >> 8)

leave = "the program's end"
