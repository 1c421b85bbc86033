"""Each child of the fork server gets a fork server of its own.

Documented (contexts and start methods): "when the program starts and selects the forkserver start method, a server process
is spawned": one.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "start_method/by_turns",
        "methods": ["fork", "spawn"],
        "check": "same-pid",
        "says": "Both children of the fork server have the same parent.",
    },
]


@when_imported("multiprocessing.forkserver")
def plant(forkserver):
    @replace(forkserver.ForkServer, "ensure_running")
    def ensure_running(original, self):
        if self._forkserver_pid is not None:
            mark()
            self._stop()
        original(self)
