"""An executor of 0 workers is one of as many as there are processors.

Documented (ProcessPoolExecutor): "If max_workers is less than or equal to 0, then a ValueError will be raised."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/arguments",
        "methods": ["default"],
        "check": "value",
        "says": "None, or less, is refused.",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process.ProcessPoolExecutor, "__init__")
    def init(original, self, max_workers=None, *args, **kwargs):
        if max_workers == 0:
            mark()
        original(self, max_workers or None, *args, **kwargs)
