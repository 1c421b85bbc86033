"""Which processes there are beside program and child: none by fork, one by spawn, two by forkserver.

Alone: nox -s scenarios -- -k helpers

                  worker   resource tracker   fork server   3.8 to 3.15
    fork          1        0                  0
    spawn         1        1                  0
    forkserver    1        1                  1

The program leaves by os._exit() while its child lives, so that all the others are left to be counted.
"""

import multiprocessing
import os
import time
from multiprocessing import Pipe, Process

from mpref_event import event


def func(sender):
    event("child-runs")
    sender.send("running")
    time.sleep(60)  # holds the helpers: they end with the last process that knows them
    event("child-ends")


if __name__ == "__main__":
    receiver, sender = Pipe(duplex=False)
    p = Process(target=func, args=(sender,))
    p.start()
    receiver.recv()
    event("parent-leaves", method=multiprocessing.get_start_method(), children=len(multiprocessing.active_children()))
    os._exit(0)
