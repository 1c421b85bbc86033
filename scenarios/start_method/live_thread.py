"""start() beside a live thread, where warnings are errors: only fork has anything to warn of.

Alone: nox -s scenarios -- -k "start_method and live_thread"

                  3.8 to 3.14          3.15
    fork          start() returns      start() raises, and the child runs all the same
    spawn         start() returns      start() returns
    forkserver    start() returns      start() returns
"""

import multiprocessing
import threading
import warnings
from multiprocessing import Pipe, Process

from mpref_event import event


def func(sender):
    event("child-runs", threads=threading.active_count())
    sender.send("running")


if __name__ == "__main__":
    warnings.simplefilter("error")
    done = threading.Event()
    threading.Thread(target=done.wait).start()
    receiver, sender = Pipe(duplex=False)
    p = Process(target=func, args=(sender,))
    try:
        p.start()
    except DeprecationWarning as warning:
        event("start-raised", message=str(warning), child=p.pid)
    else:
        p.join()
        event("joined", exitcode=p.exitcode, child=p.pid)
    receiver.recv()  # the child runs
    done.set()
    event("parent-ends", method=multiprocessing.get_start_method(), known=len(multiprocessing.active_children()))
