"""Open files: a forked child has those of its parent, others have none; close() leaves the parent none of its own.

Alone: nox -s scenarios -- -k descriptors

    the child has                          fork    spawn, forkserver    3.8 to 3.15
    a file of its parent's                 yes     no
    one that was made inheritable          yes     no
    files left open by start(), join() and close() in the parent: none
"""

import os
import tempfile
from multiprocessing import Process

from mpref_event import event


def func(kind, fd, inode):
    try:
        event("child-looks", kind=kind, has_it=os.fstat(fd).st_ino == inode)
    except OSError:
        event("child-looks", kind=kind, has_it=False)


if __name__ == "__main__":
    free = []
    for kind in ("plain", "inheritable", "plain"):
        with tempfile.TemporaryFile() as file:
            os.set_inheritable(file.fileno(), kind == "inheritable")
            p = Process(target=func, args=(kind, file.fileno(), os.fstat(file.fileno()).st_ino))
            p.start()
            p.join()
            event("joined", exitcode=p.exitcode)
            p.close()
            with open(os.devnull) as null:
                free.append(null.fileno())  # the lowest number that is free
    event("closed", grown=free[2] - free[1])
