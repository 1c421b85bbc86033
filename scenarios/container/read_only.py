"""A read-only root: what a program may still write is its temporary folder, and that is all that multiprocessing needs.

Alone: nox -s containers -- -k container/read_only

    open("/note", "w")          OSError, EROFS or EACCES
    TMPDIR, a pool, a queue     work
"""

import errno
import multiprocessing
import tempfile

from mpref_event import event


def double(number):
    return 2 * number


if __name__ == "__main__":
    try:
        open("/note", "w")
    except OSError as error:
        event("refused", errno=errno.errorcode[error.errno])
    with tempfile.TemporaryFile() as file:
        event("written", size=file.write(b"temporary"))
    with multiprocessing.Pool(2) as pool:
        event("mapped", results=pool.map(double, range(4)))
