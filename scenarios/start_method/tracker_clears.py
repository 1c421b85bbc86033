"""What a program leaves behind that dies before it can tidy up: the resource tracker unlinks it, and says so.

Alone: nox -s scenarios -- -k tracker_clears

                              fork                     spawn, forkserver        3.8 to 3.15
    a lock                    has no name              unlinked, with warning
    a block of shared memory  unlinked, with warning   unlinked, with warning
    unlinked by the program   no warning               no warning
"""

import multiprocessing as mp
import os
import signal
import subprocess
import sys
from multiprocessing.shared_memory import SharedMemory

from mpref_event import event


def there(name):  # the C library decides how the file of a semaphore is called
    return bool(name) and any(os.path.exists("/dev/shm/" + prefix + name.lstrip("/")) for prefix in ("", "sem."))


def die(way, method):
    lock, block = mp.get_context(method).Lock(), SharedMemory(create=True, size=10)
    names = [lock._semlock.name, block.name]  # noqa: SLF001 - there is no public way to ask
    print(names + [there(name) for name in names], flush=True)
    if way == "tidy":
        sys.exit(block.unlink())
    os.kill(os.getpid(), signal.SIGKILL) if way == "killed" else os._exit(0)


if __name__ == "__main__":
    for way in ("tidy", "exits", "killed") if len(sys.argv) == 1 else die(*sys.argv[1:]):
        command = [sys.executable, __file__, way, mp.get_start_method()]
        made = subprocess.run(command, stdout=-1, stderr=-1, text=True)
        lock, block, *before = eval(made.stdout)
        after, said = [there(lock), there(block)], made.stderr
        event("died", way=way, named=lock is not None, before=before, after=after, status=made.returncode, said=said)
