"""log_to_stderr(): multiprocessing tells of what it does; children of every start method log as their parent does.

Alone: nox -s scenarios -- -k logged

    fork, spawn, forkserver, 3.8 to 3.15
    [INFO/Ada] child process calling self.run()
    [INFO/Ada] process exiting with exitcode 0
"""

import logging
from multiprocessing import Process, get_logger, log_to_stderr

from mpref_event import event


def func():
    event("child-runs", level=get_logger().level)


if __name__ == "__main__":
    log_to_stderr(logging.INFO)
    p = Process(target=func, name="Ada")
    p.start()
    p.join()
    event("joined", exitcode=p.exitcode)
