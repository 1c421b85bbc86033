"""What a child writes into an Array does not come back.

Documented (multiprocessing.Array): "Return a ctypes array allocated from shared memory."
"""

from mpref_planting import mark, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/shared",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "What the children write into an Array is there in the parent, and nothing else has changed.",
    },
]


@when_imported("multiprocessing.sharedctypes")
def plant(sharedctypes):
    from multiprocessing import process

    def put(self, i, value):
        if process.parent_process():
            mark()
            return
        self._obj[i] = value

    sharedctypes.SynchronizedArray.__setitem__ = put
