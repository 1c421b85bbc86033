"""A file that is open at the fork is one open file with two owners: who reads, moves the other's place too.

Alone: nox -s scenarios -- -k file_offset

    opened        the child reads   then the parent reads   3.8 to 3.15
    before        012               345
    after         012               012
"""

import os
import tempfile

from mpref_event import event


def read_own():
    own = os.open(file.name, os.O_RDONLY)  # opened after the fork
    return os.read(own, 3).decode()


file = tempfile.NamedTemporaryFile(buffering=0)
file.write(b"0123456789")
common = os.open(file.name, os.O_RDONLY)  # opened before the fork

pid = os.fork()
if pid == 0:
    event("child-reads", common=os.read(common, 3).decode(), own=read_own())
    os.close(common)  # closes the child's, not the parent's
    os._exit(0)
os.waitpid(pid, 0)
event("parent-reads", common=os.read(common, 3).decode(), own=read_own(), place=os.lseek(common, 0, os.SEEK_CUR))
file.close()
