"""imap() ends where a task raises.

Measured on 3.8 to 3.15: next() raises what the task raised, and the one after it gives the next result.
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
    @replace(pool.IMapIterator, "next")
    def next_result(original, self, timeout=None):
        if getattr(self, "has_raised", False):
            mark()
            raise StopIteration
        try:
            return original(self, timeout)
        except (StopIteration, pool.TimeoutError):
            raise
        except Exception:
            self.has_raised = True
            raise

    pool.IMapIterator.__next__ = pool.IMapIterator.next
