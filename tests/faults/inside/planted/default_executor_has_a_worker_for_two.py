"""An executor without a number has half as many workers as there are processors, rounded up.

Documented (ProcessPoolExecutor): "If max_workers is None or not given, it will default to os.process_cpu_count()."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/default_size",
        "methods": ["default"],
        "check": "value",
        "says": "It has one worker for each usable CPU, be it one or two.",
        "python": ">=3.13",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process.ProcessPoolExecutor, "__init__")
    def init(original, self, max_workers=None, *args, **kwargs):
        if max_workers is None:
            mark()
            max_workers = ((process.os.cpu_count() or 1) + 1) // 2
        original(self, max_workers, *args, **kwargs)
