"""The fork server imports nothing of what it was told to preload.

Documented (set_forkserver_preload): "Set a list of module names for the forkserver main process to attempt to import so
that their already imported state is inherited by forked processes."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "start_method/preload",
        "methods": ["default"],
        "check": "value",
        "says": "They find the module imported, though neither they nor the program has imported it.",
    },
]


@when_imported("multiprocessing.forkserver")
def plant(forkserver):
    @replace(forkserver.ForkServer, "ensure_running")
    def ensure_running(original, self):
        if self._preload_modules and self._preload_modules != ["__main__"]:
            mark()
            self._preload_modules = ["__main__"]
        original(self)
