"""The futures of a broken executor raise a RuntimeError that is no BrokenProcessPool.

Documented (BrokenProcessPool): "Derived from BrokenExecutor (formerly RuntimeError), this exception class is raised when
one of the workers of a ProcessPoolExecutor has terminated in a non-clean fashion".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "executor/killed_worker",
        "methods": ["fork"],
        "check": "count",
        "says": "Both futures raise, that of the task which waited too; nobody waits for ever.",
    },
]


@when_imported("concurrent.futures._base")
def plant(base):
    @replace(base.Future, "set_exception")
    def set_exception(original, self, exception):
        if isinstance(exception, base.BrokenExecutor):
            mark()
            exception = RuntimeError(str(exception))
        original(self, exception)
