"""A child that ends in good order writes what its buffer holds; os._exit() and a signal lose it, exit code 0 or not.

Alone: nox -s scenarios -- -k output_flushed

                returns   os._exit(0)   terminate()   fork, spawn, forkserver, 3.8 to 3.15
    pipe        written   lost          lost
    terminal    written   written       written       a line at a time
"""

import os
from multiprocessing import Pipe, Process

from mpref_event import event


def func(conn, how):
    print(how)
    if how == "leaves":
        os._exit(0)
    if how == "is ended":
        conn.send("printed")
        conn.recv()  # for ever


if __name__ == "__main__":
    print("parent")
    for how in ("returns", "leaves", "is ended"):
        here, there = Pipe()
        p = Process(target=func, args=(there, how))
        p.start()
        if how == "is ended":
            here.recv()
            p.terminate()
        p.join()
        event("joined", how=how, exitcode=p.exitcode)
