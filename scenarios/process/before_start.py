"""A Process that is not started is no process: it has a name, and nothing else can be asked of it.

Alone: nox -s scenarios -- -k before_start

    pid    is_alive()   exitcode   sentinel     join()           terminate(), kill()   close()
    None   False        None       ValueError   AssertionError   AttributeError        fine      3.8 to 3.15
"""

from multiprocessing import Process, active_children

from mpref_event import event

if __name__ == "__main__":
    p = Process(target=event, args=("child-runs",))
    event("made", child=p.pid, ident=p.ident, alive=p.is_alive(), exitcode=p.exitcode, active=len(active_children()))
    for name in ("sentinel", "join", "terminate", "kill", "close"):
        try:
            asked = getattr(p, name)
            event("answered", name=name, value=asked() if callable(asked) else asked)
        except Exception as error:
            event("refused", name=name, error=type(error).__name__, text=str(error))
