"""Shared memory beyond the size of /dev/shm: it can be made, and who writes to it dies of a bus error.

Alone: nox -s containers -- -k container/shm

    4 MiB where /dev/shm has 1 MiB     made without an error; the writer's exit code is -7 (SIGBUS)
"""

from multiprocessing import Process, shared_memory

from mpref_event import event

SIZE = 4 * 1024 * 1024


def fill(name):
    shared = shared_memory.SharedMemory(name)
    event("writes", size=shared.size)
    shared.buf[:] = b"x" * SIZE
    event("written")


if __name__ == "__main__":
    shared = shared_memory.SharedMemory(create=True, size=SIZE)
    event("made", size=shared.size)
    writer = Process(target=fill, args=(shared.name,))
    writer.start()
    writer.join()
    event("joined", exitcode=writer.exitcode)
    shared.close()
    shared.unlink()
