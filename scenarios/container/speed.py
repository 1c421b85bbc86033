"""Two workers that compute, under a quota: they get the quota's share of time between them, however many processors there are.

Alone: nox -s containers -- --container 'cpython-3.14-*' -k "container and speed"

    CPU seconds to seconds, two workers, --cpus 0.5    0.4 to 0.55: 3.11, 3.13 to 3.15, and PyPy
"""

import os
import time
from multiprocessing import Pool

from mpref_event import event

SECONDS = 0.6
"""Of CPU that each of the two workers uses: many times the period over which the kernel counts."""


def compute(_number):
    begin = time.process_time()
    while time.process_time() - begin < SECONDS:
        sum(range(1000))
    return os.getpid(), time.process_time() - begin


if __name__ == "__main__":
    with Pool(2) as pool:
        begin = time.monotonic()
        done = pool.map(compute, range(2), chunksize=1)
        took = time.monotonic() - begin
    event("done", workers=len({pid for pid, _ in done}), share=sum(cpu for _, cpu in done) / took)
