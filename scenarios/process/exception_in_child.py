"""What a child raises is printed there; the parent sees exit code 1.

Alone: nox -s scenarios -- -k exception_in_child

    ZeroDivisionError and exitcode 1 under fork, spawn and forkserver, 3.8 to 3.15
"""

from multiprocessing import Process

from mpref_event import event


def divide(number):
    event("child-runs")
    event("child-divides", result=1 / number)


if __name__ == "__main__":
    p = Process(target=divide, args=(0,))
    p.start()
    p.join()
    event("joined", exitcode=p.exitcode)  # the parent has seen no exception
