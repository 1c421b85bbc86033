"""Hangs: the parent joins a child that waits for an item which nobody puts."""

import multiprocessing
import sys


def child_waits_for_ever(queue):
    queue.get()


def parent_joins(child):
    child.join()


if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv[1])
    queue = multiprocessing.Queue()
    child = multiprocessing.Process(target=child_waits_for_ever, args=(queue,))
    child.start()
    print("waiting", flush=True)
    parent_joins(child)
