"""Leaves a daemon behind: forked twice, in a session of its own, with a cleared environment if told so."""

import os
import sys

program = [sys.executable, "-c", "import time; time.sleep(600)"]
reading, writing = os.pipe()
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.set_inheritable(writing, True)
        os.write(writing, str(os.getpid()).encode())
        os.closerange(0, 64)
        os.execve(program[0], program, {} if "clear" in sys.argv else dict(os.environ))
    os._exit(0)
os.wait()
print(os.read(reading, 16).decode(), flush=True)
