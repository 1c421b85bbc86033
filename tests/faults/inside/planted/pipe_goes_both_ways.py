"""Pipe(False) goes both ways.

Documented (multiprocessing.Pipe): "If duplex is False then the pipe is unidirectional: conn1 can only be used for receiving
messages and conn2 can only be used for sending messages."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/pipe",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "Of Pipe(False) the first end cannot send.",
    },
]


@when_imported("multiprocessing.connection")
def plant(connection):
    @replace(connection, "Pipe")
    def pipe(original, duplex=True):
        if not duplex:
            mark()
        return original(True)
