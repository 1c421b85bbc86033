"""A block of shared memory is made although its name is taken: it is that block.

Documented (SharedMemory): "create controls whether a new shared memory block is created (True) or an existing shared memory
block is attached (False)."
"""

import os

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
    @replace(shared_memory.SharedMemory, "__init__")
    def init(original, self, name=None, create=False, size=0, **kwargs):
        if name is not None and create and os.path.exists("/dev/shm/" + name):
            mark()
            create = False
        original(self, name, create, size, **kwargs)
