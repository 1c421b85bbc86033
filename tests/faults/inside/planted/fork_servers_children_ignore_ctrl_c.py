"""The children of the fork server ignore SIGINT, as the server does.

Documented (signal): SIGINT "is translated into a KeyboardInterrupt exception"; the fork server ignores it for itself only.
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/signals",
        "methods": ["forkserver"],
        "check": "value",
        "says": "Its exit code is 1, as after any exception.",
    },
]


@when_imported("multiprocessing.forkserver")
def plant(forkserver):
    @replace(forkserver, "_serve_one")
    def serve_one(original, child_r, fds, unused_fds, handlers):
        import signal

        mark()
        return original(child_r, fds, unused_fds, {k: v for k, v in handlers.items() if k != signal.SIGINT})
