"""A worker that takes more memory than there is gets killed: Process says -9, an executor raises, a pool waits for ever.

Alone: nox -s containers -- -k container/memory

    Process.exitcode                    -9
    ProcessPoolExecutor, result()       BrokenProcessPool
    Pool, get(timeout)                  TimeoutError: nobody tells it that its task is lost
"""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from mpref_event import event


def swell():
    event("swells")
    return len(bytearray(b"x") * (400 * 1024 * 1024))


if __name__ == "__main__":
    child = multiprocessing.Process(target=swell)
    child.start()
    child.join()
    event("process", exitcode=child.exitcode)
    with ProcessPoolExecutor(1) as executor:
        try:
            executor.submit(swell).result()
        except BrokenProcessPool:
            event("executor", raised="BrokenProcessPool")
    with multiprocessing.Pool(1) as pool:
        try:
            pool.apply_async(swell).get(timeout=2)
        except multiprocessing.TimeoutError:
            event("pool", raised="TimeoutError")
