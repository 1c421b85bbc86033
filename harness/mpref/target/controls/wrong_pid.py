"""Reports another pid than its child has."""

from multiprocessing import Process

from mpref_event import event


def work():
    event("child-runs")


if __name__ == "__main__":
    p = Process(target=work)
    p.start()
    event("started", child=p.pid + 1)
    p.join()
