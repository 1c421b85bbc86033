"""os.fork() returns twice; what was printed but not yet written is copied with the rest.

Alone: nox -s scenarios -- -k "article and none"

    stdout is a   the first line appears   the child names its parent   3.8 to 3.15
    terminal      once                     26 of 27 runs
    pipe          twice                    25 of 27 runs
    file          twice                    25 of 27 runs (else process 1: the parent is gone)
"""

import os

# The pid of the current process, which is about to be a parent.
print(f"Process {os.getpid()} starts...")

pid = os.fork()  # from here on there are two processes
if pid == 0:
    print(f"I am child process {os.getpid()} and my parent process is {os.getppid()}.")
else:
    print(f"I ({os.getpid()}) just created a child process {pid})")
