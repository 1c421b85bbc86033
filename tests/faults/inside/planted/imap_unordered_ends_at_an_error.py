"""imap_unordered() ends where a task raises.

Measured on 3.8 to 3.15: it raises, and gives the other results after that.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/map_raises",
        "methods": ["default"],
        "check": "value",
        "says": "raise in its turn, and then give those after it.",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    class Ends:
        def __init__(self, results):
            self.results, self.failed = results, False

        def __iter__(self):
            return self

        def __next__(self):
            return self.next()

        def next(self, timeout=None):
            if self.failed:
                mark()
                raise StopIteration
            try:
                return self.results.next(timeout)
            except (StopIteration, pool.TimeoutError):
                raise
            except Exception:
                self.failed = True
                raise

    @replace(pool.Pool, "imap_unordered")
    def imap_unordered(original, self, *args, **kwargs):
        return Ends(original(self, *args, **kwargs))
