"""What a child has from its parent at fork(), beside memory and files: and what it has not.

Alone: nox -s scenarios -- -k inherits

    signals blocked, umask, process group, working directory    the parent's     3.8 to 3.15
    signals pending, alarm                                      none
"""

import os
import signal

from mpref_event import event


def tell(label):
    event(
        label,
        blocked=signal.SIGUSR1 in signal.pthread_sigmask(signal.SIG_BLOCK, ()),
        pending=signal.SIGUSR1 in signal.sigpending(),
        alarm=signal.alarm(0) > 0,
        umask=os.umask(0),
        group=os.getpgrp(),
        folder=os.getcwd(),
    )


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    os.kill(os.getpid(), signal.SIGUSR1)
    signal.alarm(1000)
    os.umask(0o027)
    os.chdir(os.sep)
    child = os.fork()
    tell("parent-has" if child else "child-has")
    if child:
        os.waitpid(child, 0)
