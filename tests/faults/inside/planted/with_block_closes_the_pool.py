"""The with block of a Pool ends with close(), not with terminate().

Documented (multiprocessing.pool.Pool): "__exit__() calls terminate()".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/with_pending",
        "methods": ["fork"],
        "check": "default",
        "says": "It ends by itself.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "__exit__")
    def leave(original, self, *args):
        mark()
        self.close()
