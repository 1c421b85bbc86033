"""The ordinary case: one Process, joined."""

import multiprocessing
import sys


def work():
    print("child", flush=True)


if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv[1])
    child = multiprocessing.Process(target=work)
    child.start()
    child.join()
    print("parent")
