"""An executor starts its workers by the default method, whatever mp_context says.

Documented (ProcessPoolExecutor): "mp_context can be a multiprocessing context or None. It will be used to launch the
workers."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/arguments",
        "methods": ["default"],
        "check": "value",
        "says": "The context that is given is in force in the worker,",
    },
]


@when_imported("concurrent.futures.process")
def plant(process):
    @replace(process.ProcessPoolExecutor, "__init__")
    def init(original, self, max_workers=None, mp_context=None, *args, **kwargs):
        if mp_context is not None:
            mark()
        original(self, max_workers, None, *args, **kwargs)
