"""Three start methods in one program, each by a context of its own.

Alone: nox -s scenarios -- -k contexts

    context       class                its parent        it runs in     get_start_method() there   3.8 to 3.15
    fork          ForkProcess          the program       __main__       fork
    spawn         SpawnProcess         the program       __mp_main__    spawn
    forkserver    ForkServerProcess    the fork server   __mp_main__    forkserver

    Starting by spawn fixed the program's own start method up to 3.13.11 and in 3.14.0 to 3.14.2.
"""

import multiprocessing as mp

from mpref_event import event


def func(asked):
    event("child-runs", asked=asked, method=mp.get_start_method(), module=__name__, parent=mp.parent_process().pid)


if __name__ == "__main__":
    event("parent-starts", fixed=mp.get_start_method(allow_none=True))
    for asked in ("fork", "spawn", "forkserver"):
        if asked in mp.get_all_start_methods():
            context = mp.get_context(asked)
            p = context.Process(target=func, args=(asked,))
            p.start()
            p.join()
            event(
                "joined", asked=asked, method=context.get_start_method(), kind=type(p).__name__, child=p.pid,
                exitcode=p.exitcode, fixed=mp.get_start_method(allow_none=True),
            )  # fmt: skip
