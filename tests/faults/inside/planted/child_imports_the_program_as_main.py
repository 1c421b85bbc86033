"""A spawned child imports the program under the name __main__, so that what is guarded runs.

Documented (the spawn and forkserver start methods): guard the entry point by `if __name__ == '__main__'`, and
children can import the program safely.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/join",
        "methods": ["spawn"],
        "check": "count",
        "says": "The guarded part runs once, in the parent.",
    },
]


@when_imported("multiprocessing.spawn")
def plant(spawn):
    @replace(spawn, "_fixup_main_from_path")
    def fixup(original, main_path):
        import runpy

        mark()
        original(main_path)
        runpy.run_path(main_path, run_name="__main__")
