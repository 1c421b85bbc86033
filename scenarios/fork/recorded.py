"""fork() is called once and returns twice: who is who, and what each of the two is told. The parent waits.

Reading path 1 of 6. Next: process/join.
Alone: nox -s scenarios -- -k recorded

                  fork() returned     getppid()        3.8 to 3.15
    parent        the child's pid     (the shell's)    every run
    child         0                   the parent       every run
"""

import os

from mpref_event import event

event("parent-starts", f"Process {os.getpid()} starts...")

pid = os.fork()  # from here on there are two processes
if pid == 0:
    event("child-runs", f"I am child process {os.getpid()} and my parent process is {os.getppid()}.", returned=pid)
else:
    event("parent-goes-on", f"I ({os.getpid()}) just created a child process {pid})", returned=pid)
    reaped, status = os.waitpid(pid, 0)  # holds the parent until the child has ended
    event("child-reaped", reaped=reaped, status=status)
