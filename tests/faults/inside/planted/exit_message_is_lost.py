"""What sys.exit("text") says in a child is not printed.

Documented (sys.exit): "any other object is printed to stderr and results in an exit code of 1".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/sys_exit",
        "methods": ["default"],
        "check": "text",
        "says": "The text, and nothing else, is on stderr.",
    },
]


@when_imported("multiprocessing.process")
def plant(process):
    @replace(process.BaseProcess, "run")
    def run(original, self):
        try:
            original(self)
        except SystemExit as error:
            if isinstance(error.code, str):
                mark()
                raise SystemExit(1) from None
            raise
