"""authkey: by it processes of one program know each other. A Process has it from the process that made it.

Alone: nox -s scenarios -- -k authkey

    the child's key                fork, spawn, forkserver, 3.8 to 3.15
    by default                     its parent's, 32 random bytes
    made before that was changed   the old one
    set on the Process             that one
    pickling it                    TypeError
"""

import pickle
from multiprocessing import Process, current_process

from mpref_event import event


def func(which):
    event("child-runs", which=which, key=bytes(current_process().authkey).hex())


if __name__ == "__main__":
    key = current_process().authkey
    event("parent-starts", key=bytes(key).hex(), length=len(key))
    children = [Process(target=func, args=("default",))]
    current_process().authkey = b"changed"
    children += [Process(target=func, args=("changed",)), Process(target=func, args=("own",))]
    children[2].authkey = b"own"
    for p in children:
        p.start()
        p.join()
    try:
        event("pickled", text=repr(pickle.dumps(key)))
    except TypeError:
        event("not-pickled")
    event("joined", exitcode=p.exitcode)
