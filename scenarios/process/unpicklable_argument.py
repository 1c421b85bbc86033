"""A generator as argument: fork copies it, elsewhere start() raises and leaves no process behind.

Alone: nox -s scenarios -- -k unpicklable_argument

    fork                 the child has a copy, the parent's own stands where it stood     3.8 to 3.15
    spawn, forkserver    TypeError at start(), pid None, and the program can go on        3.8 to 3.15
                         PyPy: PicklingError, the rest alike
"""

from multiprocessing import Process, active_children
from pickle import PicklingError

from mpref_event import event


def func(numbers):
    event("child-runs", first=next(numbers))


if __name__ == "__main__":
    numbers = (n for n in range(3))
    p = Process(target=func, args=(numbers,))
    try:
        p.start()
    except (TypeError, PicklingError) as error:
        name = type(error).__name__
        event("refused", type=name, text=str(error), child=p.pid, alive=p.is_alive(), active=len(active_children()))
    else:
        p.join()
    event("parent-goes-on", exitcode=p.exitcode, first=next(numbers))
