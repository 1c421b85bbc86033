"""Says that it has joined before it has."""

import time
from multiprocessing import Process

from mpref_event import event


def work():
    time.sleep(0.3)
    event("child-runs")


if __name__ == "__main__":
    p = Process(target=work)
    p.start()
    event("joined")
    p.join()
