"""An executor takes max_tasks_per_child with fork, and ignores it.

Documented (ProcessPoolExecutor): "This feature is incompatible with the "fork" start method."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/fresh_workers",
        "methods": ["default"],
        "check": "value",
        "says": "By fork it is refused with ValueError,",
        "python": ">=3.11",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process.ProcessPoolExecutor, "__init__")
    def init(
        original, self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None
    ):
        context = mp_context or process.mp.get_context()
        more = {}
        if max_tasks_per_child is not None:
            if context.get_start_method(allow_none=False) == "fork":
                mark()
            else:
                more["max_tasks_per_child"] = max_tasks_per_child
        original(self, max_workers, mp_context, initializer, initargs, **more)
