"""A harmless change: each process takes a megabyte more, and clears up once more at its end.

Nobody may notice it: no expectation is about memory.
"""

from mpref_planting import mark, replace, when_imported

UNSEEN_IN = [
    {
        "scenario": "process/nested",
        "methods": ["fork"],
    },
    {
        "scenario": "process/descriptors",
        "methods": ["fork", "spawn"],
    },
]


HELD = []


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "_bootstrap")
    def bootstrap(original, self, *args, **kwargs):
        import gc

        mark()
        HELD.append(bytearray(1 << 20))
        gc.collect()
        return original(self, *args, **kwargs)
