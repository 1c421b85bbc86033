"""What processes share is handed to a child when it is started; only the end of a pipe can be sent later.

Alone: nox -s scenarios -- -k only_inherited

    a lock, queue, Event, Value ...    pickle.dumps() raises RuntimeError; sent by a pipe, too     3.8 to 3.15
    the end of a pipe                  sent by a pipe it arrives, and can be used
"""

import multiprocessing as mp
import pickle

from mpref_event import event


def func(conn):
    with conn.recv() as sent:
        sent.send("through what was sent")


if __name__ == "__main__":
    kinds = "Lock RLock Semaphore BoundedSemaphore Condition Event Queue JoinableQueue SimpleQueue".split()
    things = {kind: getattr(mp, kind)() for kind in kinds}
    things.update(Value=mp.Value("i"), Array=mp.Array("i", 3))
    here, there = mp.Pipe()
    p = mp.Process(target=func, args=(there,))
    p.start()
    for kind, thing in things.items():
        for call in (pickle.dumps, here.send):
            try:
                event("taken", kind=kind, size=len(call(thing) or ""))
            except RuntimeError as error:
                event("refused", kind=kind, call=call.__name__, text=str(error))
    takes, gives = mp.Pipe(False)
    here.send(gives)
    event("received", text=takes.recv())
    p.join()
    event("joined", exitcode=p.exitcode)
