"""args=("test",) is one argument; args=("test") is a string, and so four arguments of one letter.

Alone: nox -s scenarios -- -k forgotten_comma

    ("test",)    test        3.8 to 3.15
    ("test")     t e s t     3.8 to 3.15; a function of one parameter fails in the child
"""

from multiprocessing import Process

from mpref_event import event


def func(*names):
    event("child-runs", names=names)


def one_name(name):
    event("child-runs", names=[name])


if __name__ == "__main__":
    for target, args in ((func, ("test",)), (func, ("test")), (one_name, ("test"))):
        p = Process(target=target, args=args)
        p.start()
        p.join()
        event("joined", target=target.__name__, tuple=isinstance(args, tuple), exitcode=p.exitcode)
