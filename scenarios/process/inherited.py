"""What a child's own children would begin with: daemon is the creator's, and so is the front of the name.

Alone: nox -s scenarios -- -k inherited

    made by            daemon    name               3.8 to 3.15
    the program        False     Process-N
    a daemonic child   True      Process-N:M
    another child      False     Process-N:M
"""

import multiprocessing as mp

from mpref_event import event


def func():
    pass


def child(daemon):
    own, first, second = mp.current_process(), mp.Process(target=func), mp.Process(target=func, name="Eva")
    event(
        "child-makes", daemon=daemon, own=own.daemon, made=first.daemon, named=second.name,
        follows=first.name.rpartition(":")[0] == own.name, parent=mp.parent_process().name,
    )  # fmt: skip


if __name__ == "__main__":
    main = mp.current_process()
    event("parent-starts", name=main.name, daemon=main.daemon, parent=mp.parent_process() is None)
    for daemon in (False, True):
        p = mp.Process(target=child, args=(daemon,), daemon=daemon)
        event("made", daemon=p.daemon, asked=daemon, name=p.name)
        p.start()
        p.join()
        event("joined", exitcode=p.exitcode)
