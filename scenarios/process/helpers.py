"""Which helper processes there are: the resource tracker and the fork server, each from its first use on.

Alone: nox -s scenarios -- -k "process and helpers"

                  after a Process        after a Lock         3.8 to 3.15
    fork          none                   none
    spawn         tracker                tracker
    forkserver    tracker, fork server   tracker, fork server
"""

from multiprocessing import Lock, Process, forkserver, resource_tracker

from mpref_event import event


def func(number):
    event("child-runs", number=number)


def helpers(label):
    server = forkserver._forkserver._forkserver_pid  # noqa: SLF001 - there is no public way to ask
    tracker = resource_tracker._resource_tracker._pid  # noqa: SLF001 - the same
    event(label, server=server, tracker=tracker, has_server=server is not None, has_tracker=tracker is not None)


if __name__ == "__main__":
    helpers("at-first")
    for number in range(2):
        p = Process(target=func, args=(number,))
        p.start()
        p.join()
        helpers("after-process")
    lock = Lock()
    helpers("after-lock")
    event("joined", exitcode=p.exitcode)
