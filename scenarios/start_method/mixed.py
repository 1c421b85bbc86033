"""A lock or a queue of one context in a process of another: made by spawn it serves a forked child, but not the reverse.

Alone: nox -s scenarios -- -k mixed

    made by   used by    3.8 to 3.10               from 3.11.5 on
    spawn     fork       works                     works
    fork      spawn      the child is killed by    start() raises RuntimeError
                         a segmentation fault
"""

import multiprocessing as mp

from mpref_event import event


def use(kind, thing):
    if kind == "Lock":
        event("child-uses", kind=kind, got=thing.acquire(timeout=1))
    else:
        thing.put("from the child")
        event("child-uses", kind=kind)


if __name__ == "__main__":
    for maker, user in (("spawn", "fork"), ("fork", "spawn")):
        for kind in ("Lock", "Queue"):
            thing = getattr(mp.get_context(maker), kind)()
            p = mp.get_context(user).Process(target=use, args=(kind, thing))
            try:
                p.start()
            except RuntimeError as error:
                event("refused", maker=maker, kind=kind, child=p.pid, message=str(error))
                continue
            p.join()
            found = thing.acquire(block=False) if kind == "Lock" else None if p.exitcode else thing.get()
            event("joined", maker=maker, kind=kind, exitcode=p.exitcode, found=found)
