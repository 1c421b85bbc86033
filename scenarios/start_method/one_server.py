"""One fork server serves a program for its whole life; if it is killed, the next start() makes another.

Alone: nox -s scenarios -- -k one_server

    child    its parent                         3.8 to 3.15
    1        the fork server
    2        the same
    3        another, for the first is killed
"""

import multiprocessing
import os
import signal

from mpref_event import event


def func(turn, sender):
    event("child-runs", turn=turn)
    sender.send(os.getppid())


def start(turn):
    receiver, sender = context.Pipe(duplex=False)
    p = context.Process(target=func, args=(turn, sender))
    p.start()
    server = receiver.recv()
    p.join()
    event("joined", turn=turn, exitcode=p.exitcode, server=server)
    return server


if __name__ == "__main__":
    context = multiprocessing.get_context("forkserver")
    start(1)
    server = start(2)
    os.kill(server, signal.SIGKILL)
    os.waitid(os.P_PID, server, os.WEXITED | os.WNOWAIT)  # it is dead, and left to be reaped
    start(3)
