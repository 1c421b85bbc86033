"""recv_bytes_into() cuts a message that is too long for its buffer.

Documented (Connection.recv_bytes_into): "If the buffer is too short then a BufferTooShort exception is raised and the
complete message is available as e.args[0]".
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/pipe",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "A message that is too long for its buffer is a BufferTooShort, which has it.",
    },
]


@when_imported("multiprocessing.connection")
def plant(connection):
    @replace(connection._ConnectionBase, "recv_bytes_into")
    def recv_bytes_into(original, self, buffer, offset=0):
        try:
            return original(self, buffer, offset)
        except connection.BufferTooShort as error:
            mark()
            size = len(buffer) - offset
            buffer[offset:] = error.args[0][:size]
            return size
