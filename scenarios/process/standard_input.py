"""A child reads nothing from standard input: its sys.stdin is the null device, and its parent's input stays whole.

Alone: nox -s scenarios -- -k standard_input

    input()          fork, spawn, forkserver, 3.8 to 3.15
    in the child     raises EOFError
    in the parent    the line that was waiting there
"""

import os
from multiprocessing import Process

from mpref_event import event


def ask(who):
    try:
        event("asked", who=who, line=input())
    except EOFError:
        event("asked", who=who, line=None)


if __name__ == "__main__":
    end, other_end = os.pipe()
    os.dup2(end, 0)  # standard input is a pipe in which a line waits
    os.write(other_end, b"a line\n")
    os.close(other_end)
    p = Process(target=ask, args=("child",))
    p.start()
    p.join()
    event("joined", exitcode=p.exitcode)
    ask("parent")
