"""recv() returns None when the other end of the pipe is gone.

Documented (Connection.recv): "Raises EOFError if there is nothing left to receive and the other end was closed."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/pipe",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "Then recv() raises EOFError.",
    },
]


@when_imported("multiprocessing.connection")
def plant(connection):
    @replace(connection._ConnectionBase, "recv")
    def recv(original, self):
        try:
            return original(self)
        except EOFError:
            mark()
            return None
