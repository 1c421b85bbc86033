"""A process starts once. What refuses the second start() is an assert, which `python -O` takes away.

Alone: nox -s scenarios -- -k start_twice

                 3.8 to 3.13 (fork)                    3.14 and 3.15 (forkserver)
    as it is     AssertionError                        AssertionError
    python -O    a second child, which fails, for      TypeError: what is started
                 the target is gone; AttributeError    cannot be pickled
"""

import subprocess
import sys
from multiprocessing import Pipe, Process

from mpref_event import event

ASSERTS = "cannot start a process twice" in Process.start.__code__.co_consts


def func(conn):
    event("child-runs", asserts=ASSERTS)
    conn.send("done")


if __name__ == "__main__":
    here, there = Pipe()
    p = Process(target=func, args=(there,))
    p.start()
    first = p.pid
    here.recv()
    try:
        p.start()
        event("started-twice")
    except Exception as error:
        event("refused", asserts=ASSERTS, same=p.pid == first, error=type(error).__name__, text=str(error))
    p.join()
    event("joined", asserts=ASSERTS, exitcode=p.exitcode)
    if ASSERTS:
        subprocess.run([sys.executable, "-O", __file__], check=True)
