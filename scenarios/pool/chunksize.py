"""A chunk is one task: map() cuts its input into four chunks a worker, rounded up; imap() into single items.

Alone: nox -s scenarios -- -k "pool and chunksize"

    range(9) by map(): 3, 3, 3    by chunksize=4: 4, 4, 1    by map() on two workers: 2, 2, 2, 2, 1
    range(3) by imap(): 1, 1, 1    by chunksize=2: 2, 1    3.8 to 3.15
    -X dev prints a DeprecationWarning of fork, where that is the default: 3.12, 3.13
"""

from functools import partial
from multiprocessing import Pool

from mpref_event import event


def work(call, item):
    event("item-done", call=call, item=item)
    return item


if __name__ == "__main__":
    with Pool(1, maxtasksperchild=1) as pool:  # as many workers as there are chunks
        pool.map(partial(work, "map"), range(9))  # 9 / (4 * 1 worker), rounded up: 3, 3, 3
        pool.map(partial(work, "chunksize"), range(9), chunksize=4)  # 4, 4, 1
        list(pool.imap(partial(work, "imap"), range(3)))  # 1, 1, 1
        pool.starmap(partial(work, "starmap"), [(0,), (1,), (2,)], chunksize=2)  # 2, 1
        for call in (pool.imap, pool.imap_unordered):
            event("given", items=list(call(partial(work, call.__name__ + " by 2"), range(3), chunksize=2)))  # 2, 1
        pool.close()
        pool.join()
    with Pool(2, maxtasksperchild=1) as pool:
        pool.map(partial(work, "two workers"), range(9))  # 9 / (4 * 2 workers), rounded up: 2, 2, 2, 2, 1
        pool.close()
        pool.join()
