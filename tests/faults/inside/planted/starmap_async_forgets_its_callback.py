"""starmap_async() does not call its callback.

Documented (Pool.starmap_async): "A combination of starmap() and map_async() that iterates over iterable of iterables and
calls func with the iterables unpacked."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/starmap",
        "methods": ["spawn"],
        "check": "count",
        "says": "Its callback is called once.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "starmap_async")
    def starmap_async(original, self, func, iterable, chunksize=None, callback=None, error_callback=None):
        mark()
        return original(self, func, iterable, chunksize)
