"""The daemon flag: False at first, fixed by start(), inherited; and a daemonic process may have no children.

Alone: nox -s scenarios -- -k daemonic_children

                  its child's flag   start() of the child   fork, spawn, 3.8 to 3.15
    not daemonic  False              runs
    daemonic      True               AssertionError, even with daemon=False
"""

from multiprocessing import Process, current_process

from mpref_event import event


def func():
    p = Process(target=event, args=("grandchild-runs",))
    asked = Process(target=event, args=("asked-runs",), daemon=False)
    event("child-runs", own=current_process().daemon, inherited=p.daemon, asked=asked.daemon)
    for child in (p, asked):
        try:
            child.start()
        except AssertionError as error:
            event("refused", own=current_process().daemon, text=str(error))


if __name__ == "__main__":
    for daemon in (False, True):
        p = Process(target=func)
        event("made", default=p.daemon)
        p.daemon = daemon
        p.start()
        try:
            p.daemon = not daemon
        except AssertionError as error:
            event("fixed", asked=daemon, is_so=p.daemon, text=str(error))
        p.join()
        event("joined", daemon=daemon, exitcode=p.exitcode)
