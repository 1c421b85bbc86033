"""A temporary folder with a long name: the fork server's socket lies in there, and a socket's name has room for 107 bytes.

Alone: nox -s scenarios -- -k long_tmpdir

    start() raises OSError                    3.8 to 3.12, PyPy; 3.13 and 3.14 at first
    another folder is taken, and start() works    since 3.13.6 and 3.14.0
"""

import multiprocessing
import os
import tempfile

from mpref_event import event


def func():
    event("child-runs")


if __name__ == "__main__":
    folder = os.path.join(tempfile.gettempdir(), 120 * "x")
    os.mkdir(folder)
    os.environ["TMPDIR"] = folder
    tempfile.tempdir = None  # it is asked for anew
    event("folder", taken=tempfile.gettempdir() == folder)
    p = multiprocessing.Process(target=func)
    try:
        p.start()
    except OSError as error:
        event("refused", text=str(error))
    else:
        p.join()
        event("joined", exitcode=p.exitcode)
