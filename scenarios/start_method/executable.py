"""set_executable() names the program that a new interpreter is started from: fork starts none.

Alone: nox -s scenarios -- -k start_method/executable

    sys.executable in the child   spawn, forkserver: the one that was set     fork: the parent's
    3.8 to 3.15, PyPy
"""

import multiprocessing
import os
import sys
import tempfile

from mpref_event import event


def child():
    event("child-runs", name=os.path.basename(sys.executable))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        another = os.path.join(folder, "another-python")
        os.symlink(sys.executable, another)
        multiprocessing.set_executable(another)
        event("parent-starts", name=os.path.basename(sys.executable))
        process = multiprocessing.Process(target=child)
        process.start()
        process.join()
        event("joined", exitcode=process.exitcode)
