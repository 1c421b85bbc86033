"""A stopped child has not ended: waitpid() tells of it only where WUNTRACED asks for it, and then it can go on.

Alone: nox -s scenarios -- -k stopped

    waitpid() with      the child               says yes          3.8 to 3.15
    WNOHANG             has stopped             nobody: (0, 0)
    WUNTRACED           has stopped             WIFSTOPPED        WSTOPSIG is SIGSTOP
    WCONTINUED          goes on                 WIFCONTINUED
    0                   leaves by 7             WIFEXITED
"""

import os
import signal

from mpref_event import event


def told(moment, status):
    asked = ("WIFSTOPPED", "WIFCONTINUED", "WIFSIGNALED", "WIFEXITED")
    event("told", moment=moment, yes=[name for name in asked if getattr(os, name)(status)])


go, tell = os.pipe()
pid = os.fork()
if pid == 0:
    os.kill(os.getpid(), signal.SIGSTOP)
    event("child-goes-on")
    os.read(go, 1)  # until the parent has asked
    os._exit(7)

os.waitid(os.P_PID, pid, os.WSTOPPED | os.WNOWAIT)  # it has stopped, and nobody has been told
event("not-asked", answer=list(os.waitpid(pid, os.WNOHANG)))
reaped, status = os.waitpid(pid, os.WUNTRACED)
event("stopped", child=pid, told=reaped, by=signal.Signals(os.WSTOPSIG(status)).name)
told("stopped", status)
os.kill(pid, signal.SIGCONT)
told("goes on", os.waitpid(pid, os.WCONTINUED)[1])
os.write(tell, b"!")
told("ended", os.waitpid(pid, 0)[1])
