"""close() of a block of shared memory unlinks it.

Documented (SharedMemory.close): "close() does not cause the underlying shared memory block to be destroyed."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/shared_memory",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "A block whose name is taken cannot be made.",
    },
]


@when_imported("multiprocessing.shared_memory")
def plant(shared_memory):
    @replace(shared_memory.SharedMemory, "close")
    def close(original, self):
        import os

        original(self)
        if os.path.exists("/dev/shm/" + self.name):
            mark()
            self.unlink()
