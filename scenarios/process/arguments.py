"""Arguments arrive as they are at start(), and as copies: what either side does to them later stays there.

Alone: nox -s scenarios -- -k "process and arguments"

    fork, spawn and forkserver, 3.8 to 3.15: the child sees what was changed before start(), not after it
"""

from multiprocessing import Process

from mpref_event import event


def func(items, *rest, key, **more):
    event("child-runs", items=items, rest=rest, key=key, more=more)
    items.append("by the child")
    event("child-changes", items=items)


if __name__ == "__main__":
    items = ["at first"]
    p = Process(target=func, args=[items, 2, (3, "x")], kwargs={"key": "k", "extra": {"a": 1.5}})
    items.append("before start")
    p.start()
    items.append("after start")
    p.join()
    event("joined", items=items, exitcode=p.exitcode)
