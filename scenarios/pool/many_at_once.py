"""A pool's thread waits for the ends of all workers at once, by wait(): Windows' CPython waits for 63 at most, until 3.12.

Alone: nox -s scenarios -- -k many_at_once

                       Linux, 3.8 to 3.15    Wine, 3.12.9    Wine, 3.13.2
    63 connections     waits                 waits           waits
    64 connections     waits                 ValueError      waits
"""

from multiprocessing import Pipe
from multiprocessing.connection import wait

from mpref_event import event

if __name__ == "__main__":
    pipes = [Pipe(duplex=False) for _ in range(64)]
    for count in (63, 64):
        try:
            event("waited", count=count, ready=len(wait([there for there, _ in pipes[:count]], timeout=0)))
        except ValueError as error:
            event("refused", count=count, message=str(error))
    pipes[62][1].send("something")  # what has come already need not be waited for
    found = wait([there for there, _ in pipes])
    event("found", places=[place for place, (there, _) in enumerate(pipes) if there in found], ready=len(found))
