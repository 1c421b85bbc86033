"""close() gives back what a process object holds: not while the child runs, and nothing answers afterwards.

Alone: nox -s scenarios -- -k closing

    while it runs           ValueError, and it runs on     3.8 to 3.15
    after join()            fine, twice too
    all else afterwards     ValueError; the name stays
"""

from multiprocessing import Pipe, Process, active_children

from mpref_event import event


def func(conn):
    conn.recv()  # held until the parent lets it go


if __name__ == "__main__":
    here, there = Pipe()
    p = Process(target=func, args=(there,), name="Ada")
    p.start()
    try:
        p.close()
    except ValueError as error:
        event("close-refused", text=str(error), alive=p.is_alive())
    here.send("go on")
    p.join()
    event("ended", exitcode=p.exitcode)
    event("closed", first=p.close(), second=p.close(), active=len(active_children()), text=repr(p), name=p.name)
    for name in ("pid", "ident", "exitcode", "sentinel", "is_alive", "join", "start", "terminate", "kill"):
        try:
            asked = getattr(p, name)
            event("answered", name=name, value=asked() if callable(asked) else asked)
        except ValueError as error:
            event("refused", name=name, text=str(error))
