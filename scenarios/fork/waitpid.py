"""waitpid(): it holds the parent, or with WNOHANG says at once that the child still runs; each child can be reaped once.

Alone: nox -s scenarios -- -k waitpid

    the child             options    waitpid() returns, 3.8 to 3.15
    runs                  WNOHANG    (0, 0)
    leaves by status 7    none       (its pid, 7 * 256)
    is reaped             any        raises ChildProcessError, errno ECHILD
"""

import errno
import os

from mpref_event import event

go, tell = os.pipe()
pid = os.fork()
if pid == 0:
    os.read(go, 1)  # until the parent has asked
    event("child-ends")
    os._exit(7)

reaped, status = os.waitpid(pid, os.WNOHANG)
event("child-asked", reaped=reaped, status=status)
os.write(tell, b"!")
reaped, status = os.waitpid(pid, 0)
event("child-reaped", child=pid, reaped=reaped, status=status, exited=os.WIFEXITED(status))
for which in (pid, -1):
    try:
        os.waitpid(which, os.WNOHANG)
    except ChildProcessError as error:
        event("nobody-left", which="any" if which == -1 else "this", errno=errno.errorcode[error.errno])
