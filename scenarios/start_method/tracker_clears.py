"""What a program leaves behind that dies before it can tidy up: the resource tracker unlinks it, and says so.

Alone: nox -s scenarios -- -k tracker_clears

                              fork                     spawn, forkserver        3.8 to 3.15
    a lock                    has no name              unlinked, with warning
    a block of shared memory  unlinked, with warning   unlinked, with warning
    unlinked by the program   no warning               no warning
"""

import multiprocessing as mp
import os
import subprocess
import sys
from _multiprocessing import SemLock  # opens by name in a way that no tracker sees
from _posixshmem import shm_open
from multiprocessing.shared_memory import SharedMemory

from mpref_event import event


def there(opens, *arguments):
    try:
        return opens(*arguments) is not None
    except FileNotFoundError:
        return False


def both(lock, block):
    opens_lock = SemLock._rebuild  # noqa: SLF001 - there is no public way to ask
    return [lock is not None and there(opens_lock, 0, 1, 1, lock), there(shm_open, "/" + block, os.O_RDONLY)]


def die(way, method):
    lock, block = mp.get_context(method).Lock(), SharedMemory(create=True, size=10)
    names = [lock._semlock.name, block.name]  # noqa: SLF001
    print(names + both(*names), flush=True)
    if way == "tidy":
        sys.exit(block.unlink())
    os.kill(os.getpid(), 9) if way == "killed" else os._exit(0)


if __name__ == "__main__":
    for way in ("tidy", "exits", "killed") if len(sys.argv) == 1 else die(*sys.argv[1:]):
        command = [sys.executable, __file__, way, mp.get_start_method()]
        made = subprocess.run(command, stdout=-1, stderr=-1, text=True)
        lock, block, *before = eval(made.stdout)
        event("died", way=way, named=lock is not None, before=before, after=both(lock, block),
              status=made.returncode, said=made.stderr)  # fmt: skip
