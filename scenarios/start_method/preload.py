"""set_forkserver_preload(): the fork server imports these modules, and its children find them there.

Alone: nox -s scenarios -- -k "preload and not type"

                                     imported in the child   3.8 to 3.15
    forkserver, asked before         yes
    forkserver, asked afterwards     no, the server runs already
    fork                             no
"""

import multiprocessing as mp
import sys

from mpref_event import event


def func(by, early="colorsys", late="stringprep"):
    event("child-runs", by=by, early=early in sys.modules, late=late in sys.modules)


def start(by):
    p = mp.get_context(by).Process(target=func, args=(by,))
    p.start()
    p.join()
    event("joined", by=by, exitcode=p.exitcode)


if __name__ == "__main__":
    mp.set_forkserver_preload(["colorsys", "there_is_no_such_module"])
    start("fork")
    start("forkserver")
    mp.set_forkserver_preload(["stringprep"])  # too late
    start("forkserver")
