"""A block of shared memory and a list in it, by name: what a child writes is there; unlinked, the name is free.

Alone: nox -s scenarios -- -k process/shared_memory

    SharedMemory(name)              the same bytes                                               3.8 to 3.15
    the name is taken, or unknown   FileExistsError, FileNotFoundError
    ShareableList                   int, float, bool, str, bytes and None, changed in place
"""

from multiprocessing import Process
from multiprocessing.shared_memory import ShareableList, SharedMemory

from mpref_event import event


def func(name, items):
    block = SharedMemory(name)
    event("child-sees", text=bytes(block.buf[:6]).decode(), big=block.size >= 5000, items=str([*items]))
    block.buf[4990:5000] = b"from child"
    items[0] += 1
    items[3] = "child"
    [shm.close() for shm in (block, items.shm)]


def attempt(*args):
    try:
        SharedMemory(*args).close()
    except OSError as error:
        return type(error).__name__


if __name__ == "__main__":
    block, items = SharedMemory(create=True, size=5000), ShareableList([1, 2.5, True, "parent", None])
    block.buf[:6] = b"parent"
    p = Process(target=func, args=(block.name, items))
    p.start() or p.join()
    text, taken = bytes(block.buf[4990:5000]).decode(), attempt(block.name, True, 1)
    event("joined", text=text, items=str([*items]), taken=taken, exitcode=p.exitcode)
    [shm.close() or shm.unlink() for shm in (block, items.shm)]
    event("unlinked", found=attempt(block.name))
