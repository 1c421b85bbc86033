"""SIGTERM to a program that is process 1: nothing happens, for process 1 is spared every signal that it has no handler for.

Alone: nox -s containers -- -k container/sigterm

    the program is process 1     it goes on
    an init is process 1         the program ends by the signal; the container's status is 143
"""

import os
import signal
import time

from mpref_event import event

if __name__ == "__main__":
    program = os.getpid()
    if os.fork() == 0:
        event("asks")
        os.kill(program, signal.SIGTERM)
        os._exit(0)
    os.wait()
    time.sleep(0.2)
    event("goes-on")
