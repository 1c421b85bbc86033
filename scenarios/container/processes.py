"""A pool that asks for more processes than the container may have: Pool() raises, and the workers it had started are ended.

Alone: nox -s containers -- -k container/processes

    Pool(64) where 24 processes may be     BlockingIOError (EAGAIN)
"""

import multiprocessing

from mpref_event import event

if __name__ == "__main__":
    try:
        pool = multiprocessing.Pool(64)
    except OSError as error:
        event("refused", error=type(error).__name__)
    else:
        event("made")
        pool.terminate()
        pool.join()
    event("after", children=len(multiprocessing.active_children()))
