"""send_bytes() sends all of its bytes, whatever part is asked for.

Documented (Connection.send_bytes): "If offset is given then data is read from that position in buffer. If size is given then
that many bytes will be read from buffer."
"""

from mpref_planting import mark, replace, when_imported

CAUGHT_BY = [
    {
        "scenario": "process/pipe",
        "methods": ["fork", "spawn", "forkserver"],
        "check": "value",
        "says": "send_bytes() can send a part.",
    },
]


@when_imported("multiprocessing.connection")
def plant(connection):
    @replace(connection._ConnectionBase, "send_bytes")
    def send_bytes(original, self, buf, offset=0, size=None):
        if offset or size is not None:
            mark()
        original(self, buf)
