"""A block of shared memory is not registered with the resource tracker.

Documented (SharedMemory): "the resource tracker ... ensures proper cleanup of shared memory even when all other processes
with access to the memory exit without doing so."
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "start_method/tracker_clears",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "Afterwards neither is.",
    },
]


@when_imported("multiprocessing.resource_tracker")
def plant(resource_tracker):
    register, unregister = resource_tracker.register, resource_tracker.unregister

    def some(call):
        def tracked(name, rtype):
            if rtype == "shared_memory":
                mark()
            else:
                call(name, rtype)

        return tracked

    resource_tracker.register, resource_tracker.unregister = some(register), some(unregister)
