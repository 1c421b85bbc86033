"""map() reads its whole input first, waits for all tasks, and keeps the input's order.

Alone: nox -s scenarios -- -k "pool and map and not async and not imap and not starmap and not raises"

    input read first, order kept: fork, spawn, forkserver, 3.8 to 3.15
"""

from multiprocessing import Event, Pool

from mpref_event import event


def setup(gate):
    global opened
    opened = gate


def work(number):
    event("task-starts", number=number)
    if number == 0:
        opened.wait()  # the first task is done last
    if number == 3:
        opened.set()
    event("task-ends", number=number)
    return number * number


def numbers():
    for number in range(4):
        event("consumed", number=number)
        yield number


if __name__ == "__main__":
    with Pool(2, setup, (Event(),)) as pool:
        squares = pool.map(work, numbers(), chunksize=1)
        event("mapped", squares=squares, type=type(squares).__name__)
