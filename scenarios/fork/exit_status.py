"""waitpid() tells whether a child ended by itself, and with what, or by which signal.

Alone: nox -s scenarios -- -k exit_status

    the child               3.8 to 3.15
    sys.exit(7)             exit status 7
    is sent SIGKILL         signal 9
"""

import os
import signal
import sys

from mpref_event import event


def child(how):
    event("child-runs", how=how)
    if how == "exit":
        sys.exit(7)
    os.kill(os.getpid(), signal.SIGKILL)


for how in ("exit", "kill"):
    pid = os.fork()
    if pid == 0:
        child(how)
    reaped, status = os.waitpid(pid, 0)
    code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    event("child-reaped", how=how, child=pid, reaped=reaped, code=code)
