"""A chunk is one task: map() cuts its input into four chunks a worker, rounded up; imap() into single items.

Alone: nox -s scenarios -- -k "pool and chunksize"

    range(9) by map(): 3, 3, 3    by chunksize=4: 4, 4, 1    range(3) by imap(): 1, 1, 1    3.8 to 3.15
    -X dev prints a DeprecationWarning of fork, where that is the default: 3.12, 3.13
"""

from multiprocessing import Pool

from mpref_event import event


def work(call, item):
    event("item-done", call=call, item=item)


def mapped(item):
    work("map", item)


def cut(item):
    work("chunksize", item)


def lazy(item):
    work("imap", item)


if __name__ == "__main__":
    with Pool(1, maxtasksperchild=1) as pool:  # as many workers as there are chunks
        pool.map(mapped, range(9))  # 9 / (4 * 1 worker), rounded up: 3, 3, 3
        pool.map(cut, range(9), chunksize=4)  # 4, 4, 1
        list(pool.imap(lazy, range(3)))  # 1, 1, 1
        pool.close()
        pool.join()
