"""When the first program of a container has ended, all others end with it: an orphan's last line is never written.

Alone: nox -s containers -- -k container/last_line

    outside of a container (fork/orphan)      the orphan goes on and writes its line
    in one, with and without an init          the orphan is killed, its line is lost
"""

import os
import time

from mpref_event import event

if __name__ == "__main__":
    reading, writing = os.pipe()
    if os.fork() == 0:
        event("child-runs")
        os.write(writing, b"!")
        time.sleep(1)
        print("the last line", flush=True)
        event("child-ends")
        os._exit(0)
    os.read(reading, 1)
    event("parent-ends")
