"""A pipe between parent and child: both ways or one way, each message whole, and EOFError after the last one.

Alone: nox -s scenarios -- -k process/pipe

    Pipe(False)                   the wrong way round: OSError                           3.8 to 3.15
    recv_bytes_into(too small)    BufferTooShort, which has the message
    the other end is gone         recv() raises EOFError
"""

from multiprocessing import BufferTooShort, Pipe, Process
from multiprocessing.connection import wait

from mpref_event import event


def func(conn, gives):
    conn.send(conn.recv()[::-1])
    for message in (b"", b"x" * 300_000, b"0123456789"):
        gives.send_bytes(message)
    gives.send_bytes(b"0123456789", 3, 4)


def attempt(call, *args):
    try:
        return call(*args)
    except (BufferTooShort, EOFError, OSError) as error:
        return [type(error).__name__, *(arg.decode() for arg in error.args if isinstance(arg, bytes))]


if __name__ == "__main__":
    (here, there), (takes, gives) = Pipe(), Pipe(False)
    event("one-way", send=attempt(takes.send, 1), recv=attempt(gives.recv))
    p = Process(target=func, args=(there, gives))
    p.start() or there.close() or gives.close()  # or there would never be an end
    before, _, back = here.poll(), here.send([*range(100_000)]), here.recv()
    event("both-ways", before=before, back=back == [*range(100_000)][::-1])
    sizes = [len(takes.recv_bytes()) for _ in range(2)]
    event("bytes", sizes=sizes, short=attempt(takes.recv_bytes_into, bytearray(4)), part=takes.recv_bytes().decode())
    p.join()
    event("ended", ready=len(wait([here, takes])), poll=attempt(here.poll), recv=attempt(here.recv))
