"""unlink() of a block of shared memory leaves it where it is.

Documented (SharedMemory.unlink): "Deletes the underlying shared memory block."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/shared_memory",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "When it is unlinked its name is unknown.",
    },
]


@when_imported("multiprocessing.shared_memory")
def plant(shared_memory):
    @replace(shared_memory.SharedMemory, "unlink")
    def unlink(original, self):
        mark()
