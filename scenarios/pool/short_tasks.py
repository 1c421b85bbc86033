"""Seven instant tasks on four workers: how many of them do something?

Alone: nox -s scenarios -- -k short_tasks

    workers:     1    2    3    4    27 runs each, 3.8 to 3.15
    fork         0    9   11    7
    spawn       26    1    0    0
    forkserver  15    8    2    2
"""

from multiprocessing import Pool

from mpref_event import event


def work(number):
    event("task-runs", number=number)
    return number * number


if __name__ == "__main__":
    with Pool(4) as pool:
        results = [pool.apply_async(work, (number,)) for number in range(7)]
        event("results", squares=[result.get() for result in results])
        pool.close()
        pool.join()
