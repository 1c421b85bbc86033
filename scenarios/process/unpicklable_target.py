"""A lambda as target: what a child is to get must be pickled, but under fork.

Alone: nox -s scenarios -- -k unpicklable_target

    fork         runs                        3.8 to 3.15
    spawn        PicklingError at start()    3.8 to 3.15
    forkserver   PicklingError at start()    3.8 to 3.15
"""

from multiprocessing import Process

from mpref_event import event

if __name__ == "__main__":
    p = Process(target=lambda: event("child-runs"))  # a function without a name to import it by
    p.start()
    p.join()
    event("joined", exitcode=p.exitcode)
