"""A Pool that is collected while it runs does not warn.

Documented (Pool): "Failure to do this can lead to the process hanging on finalization", and since 3.8 a ResourceWarning.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "pool/collected_idle",
        "methods": ["spawn"],
        "check": "value",
        "says": "It is a ResourceWarning,",
    },
]


@when_imported("multiprocessing.pool")
def plant(pool):
    @replace(pool.Pool, "__del__")
    def delete(original, self, **kwargs):
        if self._state == pool.RUN:
            mark()
            if getattr(self, "_change_notifier", None) is not None:
                self._change_notifier.put(None)
